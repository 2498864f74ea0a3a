/*
 * “My progress”: counts what the record holds, draws the results, and saves, loads and erases it.
 * Comes in: the list that fragments/progress.html renders, and courseRecord. Nothing is sent.
 */
(() => {
  "use strict";

  const record = window.courseRecord;
  const $page = document.querySelector(".progress");
  if (!record || !$page) return;

  const texts = $page.dataset;
  const find = (selector, $in = $page) => $in.querySelector(selector);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const date = (at) => new Intl.DateTimeFormat(texts.locale, { dateStyle: "long" }).format(at);
  const parted = (value) => new Intl.NumberFormat(texts.locale, { maximumFractionDigits: 1 }).format(value);
  /** A whole number needs no `Intl`, whose tables take a slow phone longer than all the rest here. */
  const decimal = (value) => (Number.isInteger(value) ? String(value) : parted(value));
  const outOf = (right, total) => fill(texts.textOf, { done: decimal(right), total });

  function element(name, attributes = {}, ...children) {
    const $element = /^(svg|rect|text)$/.test(name)
      ? document.createElementNS("http://www.w3.org/2000/svg", name)
      : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) $element.setAttribute(key, value);
    $element.append(...children);
    return $element;
  }

  const say = ($element, text) => {
    $element.textContent = text;
    $element.hidden = !text;
  };

  /**
   * What was answered of the questions in an element's data-asked, each id with its stamp. What
   * has changed since does not count; what was once answered stays practised in a new attempt.
   */
  function tally($element, questions) {
    const asked = $element.dataset.asked.split(" ").filter(Boolean).map((mark) => mark.split(":"));
    const entries = asked.map(([id, stamp]) => questions[id]?.stamp === stamp && questions[id]).filter(Boolean);
    const done = entries.filter((entry) => entry.done);
    return {
      done: done.length,
      right: decimal(done.reduce((sum, entry) => sum + entry.credit, 0)),
      scored: done.filter((entry) => entry.credit !== null).length,
      total: asked.length,
      practised: asked.length > 0 && entries.filter((entry) => entry.done || entry.box).length === asked.length,
      due: asked.filter(([id]) => questions[id]?.due && questions[id].due <= record.today()).length,
    };
  }

  /** A bar for each of the last twelve attempts. The table beside it says the same in words. */
  function chart(scores) {
    const [step, high] = [52, 96];
    const $svg = element("svg", { viewBox: `0 0 ${step * scores.length} ${high + 44}`, width: step * scores.length, "aria-hidden": "true" });
    scores.forEach(({ attempt, right, total }, place) => {
      const x = place * step + 12;
      const width = step - 24;
      const tall = Math.min(1, right / total) * high;
      $svg.append(
        element("rect", { class: "progress-room", x, y: 20, width, height: high }),
        element("rect", { class: "progress-bar", x, y: 20 + high - tall, width, height: tall }),
        element("text", { x: x + width / 2, y: 13 }, `${decimal(right)}/${total}`),
        element("text", { x: x + width / 2, y: high + 38 }, attempt)
      );
    });
    return $svg;
  }

  function table(scores) {
    const heads = [texts.textAttempt, texts.textResult, texts.textDate].map((text) => element("th", { scope: "col" }, text));
    const rows = scores.map(({ attempt, right, total, at }) => element("tr", {},
      element("th", { scope: "row" }, attempt), element("td", {}, outOf(right, total)), element("td", {}, date(at))));
    return element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
  }

  /** @returns {boolean} whether the lesson has a result */
  function showLesson($lesson, { questions, quizzes }) {
    const scores = (quizzes[$lesson.dataset.lesson]?.scores ?? []).filter(({ total }) => total > 0);
    const { done, total } = tally($lesson, questions);
    say(find(".progress-state", $lesson), scores.length ? texts.textFinished : done ? fill(texts.textStarted, { done, total }) : total ? texts.textFresh : "");
    const $chart = find(".progress-chart", $lesson);
    $chart.hidden = !scores.length;
    $chart.querySelectorAll("svg, table").forEach(($old) => $old.remove());
    if (scores.length) {
      find("figcaption", $chart).after(chart(scores.slice(-12)));
      find("details", $chart).append(table(scores));
    }
    return scores.length > 0;
  }

  function showObjective($objective, { questions }) {
    const its = tally($objective, questions);
    $objective.classList.toggle("progress-practised", its.practised);
    const text = its.done === its.total && its.scored ? texts.textObjective : texts.textStarted;
    say(find(".progress-state", $objective), its.done ? fill(text, its) : "");
    return its;
  }

  function showLast($lessons, { last }) {
    const $last = $lessons.find(($lesson) => $lesson.dataset.uri === last?.uri);
    const $target = find("h3 a", $last ?? $lessons[0]);
    const $link = find(".progress-continue a");
    $link.href = $target.href;
    $link.textContent = $target.textContent;
    find("[data-when=begin]").hidden = Boolean($last);
    find("[data-when=continue]").hidden = !$last;
  }

  function show() {
    const all = record.read();
    const $lessons = [...$page.querySelectorAll(".progress-lesson")];
    const finished = $lessons.filter(($lesson) => showLesson($lesson, all));
    const objectives = Array.from($page.querySelectorAll(".progress-objectives > li"), ($objective) => showObjective($objective, all));
    const practised = objectives.filter((its) => its.practised);
    const $talks = [...$page.querySelectorAll("[data-talk]")];
    const talked = $talks.filter(($talk) => showTalk($talk, all));
    const counts = {
      lessons: outOf(finished.length, $lessons.length),
      objectives: outOf(practised.length, objectives.length),
      due: tally(find("[data-number=due]"), all.questions).due,
    };
    if ($talks.length) counts.talks = outOf(talked.length, $talks.length);
    for (const [name, text] of Object.entries(counts)) find(`[data-number=${name}]`).textContent = text;
    if ($lessons.length) showLast($lessons, all);
  }

  /** The endings of a talk stand from good to poor: the first one reached is the best. */
  function showTalk($talk, { scenarios }) {
    const its = scenarios[$talk.dataset.talk];
    let best = null;
    $talk.querySelectorAll("[data-ending]").forEach(($ending) => {
      $ending.hidden = Boolean(best) || !its?.endings.includes($ending.dataset.ending);
      if (!$ending.hidden) best = $ending;
    });
    say(find(".progress-state", $talk), best || !its?.path.length ? "" : texts.textTalk);
    return best;
  }

  const tell = (text, values = {}) => { find(".progress-told").textContent = fill(text, values); };

  /** Hand the record to the learner as a file. */
  function save() {
    const day = new Intl.DateTimeFormat("sv", { dateStyle: "short" }).format(record.now());
    const file = `${texts.textFile}-${day}.json`;
    const text = JSON.stringify(record.read(), null, 2);
    const $link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: file });
    $link.click();
    setTimeout(() => URL.revokeObjectURL($link.href), 10_000);
    tell(texts.textExported, { file });
  }

  /** What of a record can be counted: a line for each answer, result, plan, ending and rating. */
  const parts = ({ questions, quizzes, confidence, plans, scenarios }) => ({
    answers: Object.entries(questions).map(([id, entry]) => `${id} ${entry.at}`),
    results: Object.entries(quizzes).flatMap(([name, { scores }]) => scores.map(({ attempt, at }) => `${name} ${attempt} ${at}`)),
    plans: Object.entries(plans).filter(([, { gone }]) => !gone).map(([id, { at }]) => `${id} ${at}`),
    talks: Object.entries(scenarios).flatMap(([id, { endings }]) => endings.map((ending) => `${id} ${ending}`)),
    ratings: Object.entries(confidence).filter(([, said]) => said).map(([when, { at }]) => `${when} ${at}`),
  });

  /** Add a file to what is here, and say what came in. */
  async function load(file) {
    const raw = await file.text().then(JSON.parse).catch(() => null);
    const coming = raw?.questions && record.validate(raw);
    if (!coming) return tell(texts.textInvalid);
    const before = parts(record.read());
    const after = parts(record.update((all) => Object.assign(all, record.merge(all, coming))));
    for (const kind in after) after[kind] = after[kind].filter((part) => !before[kind].includes(part)).length;
    tell(Object.values(after).some(Boolean) ? texts.textImported : texts.textNothing, after);
  }

  function start() {
    const $dialog = find("dialog");
    const $erase = find("[data-keep=erase]");
    const $file = find("input[type=file]");
    // Set here and not in the HTML, where older validators reject it.
    find("form", $dialog).method = "dialog";
    find("[data-keep=export]").addEventListener("click", save);
    $file.addEventListener("change", async () => {
      if ($file.files.length) await load($file.files[0]);
      $file.value = "";
    });
    $erase.addEventListener("click", () => {
      $dialog.returnValue = "";
      $dialog.showModal();
    });
    $dialog.addEventListener("close", () => {
      if ($dialog.returnValue === "erase") {
        record.erase();
        tell(texts.textErased);
      }
      $erase.focus();
    });
    record.listen(show);
    show();
    find(".progress-now").hidden = find(".progress-tools").hidden = false;
  }

  start();
})();
