/*
 * The certificate: shown when the best result of every lesson's self-check reaches the mark, and
 * what is missing until then. The name goes from its field to the sheet and nowhere else.
 */
(() => {
  "use strict";

  const record = window.courseRecord;
  const $certificate = document.querySelector(".certificate");
  if (!record || !$certificate) return;

  const texts = $certificate.dataset;
  const find = (selector) => $certificate.querySelector(selector);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const decimal = (value) => new Intl.NumberFormat(texts.locale, { maximumFractionDigits: 1 }).format(value);

  /** The best result of a lesson. An attempt at some questions only is measured by all of them. */
  function best($lesson, quizzes) {
    const share = ({ right, total }) => right / Math.max(total, Number($lesson.dataset.total));
    const scores = quizzes[$lesson.dataset.lesson]?.scores ?? [];
    return scores.map((score) => ({ ...score, share: share(score) })).sort((a, b) => b.share - a.share || a.at - b.at)[0];
  }

  function show() {
    const { quizzes } = record.read();
    const results = Array.from($certificate.querySelectorAll("[data-lesson]"), ($lesson) => {
      const score = best($lesson, quizzes);
      // A rounding error must not keep somebody from a mark of 0.7.
      const reached = Boolean(score) && score.share >= Number(texts.mark) - 1e-9;
      const text = score ? fill(texts.textResult, { right: decimal(score.right), total: score.total }) : texts.textNone;
      $lesson.querySelector(".certificate-state").textContent = `(${reached ? `${texts.textReached}; ` : ""}${text})`;
      $lesson.classList.toggle("certificate-reached", reached);
      return { reached, at: score?.at ?? 0 };
    });
    const ready = results.length > 0 && results.every(({ reached }) => reached);
    find(".certificate-missing").hidden = ready;
    find(".certificate-ready").hidden = !ready;
    if (!ready) return;
    const at = new Date(Math.max(...results.map((result) => result.at)));
    find(".certificate-date").textContent = new Intl.DateTimeFormat(texts.locale, { dateStyle: "long" }).format(at);
  }

  const $name = find("input");
  const write = () => {
    const name = $name.value.trim();
    find(".certificate-name").textContent = name || "\u00a0";
  };
  $name.addEventListener("input", write);
  find("button").addEventListener("click", () => window.print());
  record.listen(show);
  write();
  show();
})();
