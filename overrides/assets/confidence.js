/*
 * How confident the learner feels before the course and after it: keeps what is chosen in the
 * record, says it, and draws it on a line. Comes in: the form of fragments/confidence.html.
 */
(() => {
  "use strict";

  const record = window.courseRecord;
  const $form = document.querySelector(".confidence");
  if (!record || !$form) return;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const date = (at) => new Intl.DateTimeFormat($form.dataset.locale, { dateStyle: "long" }).format(at);

  function drawn(name, attributes = {}, ...children) {
    const $element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) $element.setAttribute(key, value);
    $element.append(...children);
    return $element;
  }

  /** A line from 1 to 5 with what was said before (a ring) and after (a disc). */
  function scale({ before, after }) {
    const place = ({ value }) => value * 60 - 40;
    const $svg = drawn("svg", { class: "confidence-line", viewBox: "0 0 280 56", width: 280, "aria-hidden": "true" });
    $svg.append(drawn("line", { x1: 20, x2: 260, y1: 20, y2: 20 }));
    for (let value = 1; value <= 5; value++) {
      $svg.append(drawn("circle", { cx: place({ value }), cy: 20, r: 3 }), drawn("text", { x: place({ value }), y: 50 }, value));
    }
    if (before && after) $svg.append(drawn("line", { class: "confidence-way", x1: place(before), x2: place(after), y1: 20, y2: 20 }));
    if (after) $svg.append(drawn("circle", { class: "confidence-after", cx: place(after), cy: 20, r: 9 }));
    if (before) $svg.append(drawn("circle", { class: "confidence-before", cx: place(before), cy: 20, r: 13 }));
    return $svg;
  }

  function show() {
    const { confidence } = record.read();
    const said = ["before", "after"].filter((when) => confidence[when]);
    for (const $input of $form.querySelectorAll("input")) $input.checked = confidence[$input.name]?.value === Number($input.value);
    const sentence = said.map((when) => fill($form.dataset[when], { value: confidence[when].value, date: date(confidence[when].at) })).join(" ");
    const $said = $form.querySelector(".confidence-said");
    if ($said.textContent !== sentence) $said.textContent = sentence;
    $form.querySelector(".confidence-line")?.remove();
    if (said.length) $form.append(scale(confidence));
  }

  $form.addEventListener("change", ({ target }) => record.update(({ confidence }) => {
    confidence[target.name] = { value: Number(target.value), at: record.now() };
  }));
  record.listen(show);
  show();
})();
