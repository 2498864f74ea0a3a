/*
 * The review: chooses which questions are due today and in what order. Runs before quiz.js, which
 * then makes a self-check of the questions left in the form and numbers them. When a question
 * comes back is decided in learning.js.
 */
(() => {
  "use strict";

  const record = window.courseRecord;
  const $review = document.querySelector(".review");
  if (!record || !$review) return;

  const texts = $review.dataset;
  const most = Number(texts.most);
  const find = (selector) => $review.querySelector(selector);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const missedThoughSure = ({ sure, credit }) => sure === 2 && credit < 1;

  /** @returns {Map<string, number>} question id -> the place of its lesson in the curriculum */
  function lessonOf() {
    const places = new Map();
    $review.querySelectorAll("[data-asked]").forEach(($lesson, place) => {
      for (const mark of $lesson.dataset.asked.split(" ")) places.set(mark.split(":")[0], place);
    });
    return places;
  }

  /** The questions of each lesson in turn, those longest due first. */
  function mixed(ids, questions) {
    const lessons = lessonOf();
    const groups = new Map();
    for (const id of [...ids].sort((a, b) => questions[a].due - questions[b].due)) {
      const lesson = lessons.get(id);
      groups.set(lesson, [...(groups.get(lesson) ?? []), id]);
    }
    const result = [];
    for (let turn = 0; result.length < ids.length; turn++) {
      for (const group of groups.values()) if (group[turn]) result.push(group[turn]);
    }
    return result;
  }

  /** What is due now, “sure and wrong” first. */
  function dueNow($all, questions) {
    const due = [...$all.keys()].filter((id) => questions[id]?.due && questions[id].due <= record.today());
    const first = due.filter((id) => missedThoughSure(questions[id]));
    return [...mixed(first, questions), ...mixed(due.filter((id) => !first.includes(id)), questions)];
  }

  /** “Next review: …”, or nothing when no question waits. */
  function next($all, questions) {
    const times = [...$all.keys()].map((id) => questions[id]?.due).filter((due) => due > record.today());
    if (!times.length) return "";
    const format = new Intl.DateTimeFormat(texts.locale, { weekday: "long", day: "numeric", month: "long" });
    return fill(texts.textNext, { date: format.format(Math.min(...times)) });
  }

  function reveal(selector, text) {
    const $element = find(selector);
    if (text) $element.textContent = text;
    $element.hidden = false;
  }

  /** When all questions of this session are answered: what comes next. */
  function finish(chosen, $all, since) {
    const { questions } = record.read();
    if (chosen.some((id) => !(questions[id]?.done && questions[id].at >= since))) return;
    const left = dueNow($all, questions).length;
    const said = left ? fill(texts.textDue, { count: left }) : `${texts.textDone} ${next($all, questions)}`;
    reveal(".review-more > span", said);
    find(".review-more > a").hidden = !left;
    find(".review-more").hidden = false;
  }

  function start() {
    const { questions } = record.read();
    const $all = new Map(Array.from($review.querySelectorAll(".quiz-question"), ($question) => [$question.dataset.question, $question]));
    const due = dueNow($all, questions);
    const chosen = due.slice(0, most);
    find(".quiz-questions").replaceChildren(...chosen.map((id) => $all.get(id)));
    find(".review-lessons").hidden = due.length > 0;
    if (due.length) {
      reveal("[role=status].review-state", fill(due.length > most ? texts.textPart : texts.textDue, { count: due.length, most }));
      find(".review-questions").hidden = false;
      const since = record.now();
      record.listen(() => finish(chosen, $all, since));
      return;
    }
    const waits = next($all, questions);
    reveal(`[data-when=${waits ? "none" : "empty"}]`);
    if (waits) reveal("[role=status].review-state", waits);
    find(".quiz").remove();
  }

  start();
})();
