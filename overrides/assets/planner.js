/*
 * The planner: keeps what is written, in the learner's record, and makes the printed page, the
 * files and the drafts of it. Comes in: fragments/planner.html, a form that is complete without
 * this script, and courseRecord, which keeps `plans` under ids that sort by their age. Nothing is
 * sent; the link to the mail program opens a draft on the learner's own machine.
 */
(() => {
  "use strict";

  const record = window.courseRecord;
  const $planner = document.querySelector(".planner");
  if (!record || !$planner) return;

  /** Which plan this tab shows, across pages and languages. */
  const KEY = "course-plan";
  /** Writing pauses this long before it is saved, and before that is said. */
  const PAUSE = 800;
  /** A sheet of A4 between its margins, in CSS pixels, and the sizes of type in points. */
  const [HEIGHT, LARGEST, SMALLEST] = [990, 11, 6];

  const texts = $planner.dataset;
  const find = (selector, $in = $planner) => $in.querySelector(selector);
  const every = (selector, $in = $planner) => [...$in.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const $form = find("form");
  const $choose = find("[data-choose]");
  const $dialog = find("dialog");
  const $sheet = find(".planner-sheet");
  const $fields = new Map(every("[data-field]").map(($field) => [$field.dataset.field, $field]));
  /** A group of radio buttons or a single control, either with a `value`. */
  const control = (name) => $form.elements[`planner-${name}`];

  /** What has been written and not yet saved, by the names of the controls. */
  const unsaved = new Set();
  let timer, current;

  const say = (text, values = {}) => { find(".planner-told").textContent = fill(text, values); };

  function element(name, text) {
    const $element = document.createElement(name);
    $element.textContent = text;
    return $element;
  }

  // Which plan ------------------------------------------------------------------------------------

  /** @returns {Array<{id: string, name: string, fields: object, at: number, label: string}>} */
  function kept() {
    const plans = Object.entries(record.read().plans).filter(([, { gone }]) => !gone).map(([id, plan]) => ({ id, ...plan }));
    if (!plans.some(({ id }) => id === current) && !unsaved.size) {
      const newest = [...plans].sort((a, b) => b.at - a.at)[0];
      current = newest?.id ?? current ?? fresh();
    }
    if (!plans.some(({ id }) => id === current)) plans.push({ id: current, name: "", fields: {} });
    plans.sort((a, b) => (a.id < b.id ? -1 : 1));
    return plans.map((plan, place) => ({ ...plan, label: plan.name.trim() || fill(texts.textUnnamed, { number: place + 1 }) }));
  }

  const shown = () => kept().find(({ id }) => id === current);
  const fresh = () => `p${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

  function turnTo(id) {
    current = id;
    try { sessionStorage.setItem(KEY, id); } catch {} // blocked; the newest plan comes first then
    show();
  }

  function add() {
    const { name, fields } = shown();
    if (name || Object.keys(fields).length) {
      current = fresh();
      record.update(({ plans }) => { plans[current] = { name: "", at: record.now(), fields: {} }; });
      turnTo(current);
    }
    say(texts.textAdded);
    control("-title").focus();
  }

  /** What is left of a plan says that it is gone, or a file or another tab would bring it back. */
  function remove() {
    const { label } = shown();
    const id = current;
    unsaved.clear();
    record.update(({ plans }) => { plans[id] = { name: "", at: record.now(), gone: true, fields: {} }; });
    turnTo(current);
    say(texts.textDeleted, { name: label });
  }

  // Showing and saving ----------------------------------------------------------------------------

  function show() {
    const plans = kept();
    const { name, fields, label, at } = shown();
    $choose.replaceChildren(...plans.map((plan) => Object.assign(element("option", plan.label), { value: plan.id })));
    $choose.value = current;
    for (const [field, value] of [["-title", name], ...[...$fields.keys()].map((its) => [its, fields[its] ?? ""])]) {
      const $control = control(field);
      // A plan that was never saved, or is deleted elsewhere, stands in the form alone.
      const mine = unsaved.has(`planner-${field}`) || (unsaved.size && !at);
      if (!mine && $control.value !== value) $control.value = value;
    }
    showSheet(label);
    every(".planner-draft").forEach(showDraft);
  }

  function save() {
    clearTimeout(timer);
    if (!unsaved.size) return;
    const changed = new Set(unsaved);
    unsaved.clear();
    record.update(({ plans }) => {
      // What another tab has deleted while it was written here comes back as it stands here.
      const whole = !plans[current] || plans[current].gone;
      const plan = plans[current] = { ...(whole ? { fields: {} } : plans[current]), gone: false, at: record.now() };
      if (whole || changed.has("planner--title")) plan.name = control("-title").value;
      for (const name of $fields.keys()) {
        if (whole || changed.has(`planner-${name}`)) plan.fields[name] = control(name).value;
        if (!plan.fields[name]) delete plan.fields[name];
      }
    });
    // Where it could not be kept, the page says that instead.
    say(/blocked|full|newer/.test(record.trouble) ? "" : texts.textSaved);
    timer = setTimeout(say, 4000, "");
  }

  // What is made of it ----------------------------------------------------------------------------

  /** What stands in a field, in words. */
  function said(name) {
    const $field = $fields.get(name);
    const value = control(name).value.trim();
    if (!value || $field.dataset.kind === "line" || $field.dataset.kind === "text") return value;
    if ($field.dataset.kind === "choice") return find(":checked", $field).parentElement.textContent.trim();
    return new Intl.DateTimeFormat(texts.locale, { weekday: "long", day: "numeric", month: "long" }).format(new Date(`${value}T12:00`));
  }

  /** The fields of the plan that are filled in: label and text. */
  function filled() {
    const names = every("[data-part=plan] [data-field]").map(($field) => $field.dataset.field).filter(said);
    return names.map((name) => [find(".planner-label", $fields.get(name)).textContent, said(name)]);
  }

  function showSheet(label) {
    const entries = filled();
    const $list = document.createElement("dl");
    for (const [name, text] of entries) {
      const $entry = document.createElement("div");
      $entry.append(element("dt", name), element("dd", text));
      $list.append($entry);
    }
    $sheet.replaceChildren(element("h2", label), $list);
    $sheet.hidden = !entries.length;
  }

  /** As large as one page allows. */
  function fit() {
    save();
    $sheet.classList.add("planner-measured");
    let size = LARGEST;
    do $sheet.style.fontSize = `${size}pt`; while ($sheet.scrollHeight > HEIGHT && (size -= 0.5) >= SMALLEST);
    $sheet.classList.remove("planner-measured");
  }

  /**
   * A line of a draft with its blanks filled in; `row` is the end of the fields' names in a row.
   * @returns {{text: string, found: boolean}} found: whether any of its fields holds something
   */
  function written(line, row = "") {
    let found = false;
    const text = line.replace(/([“„]?)\{([\w-]+)\}([”.;]*)/g, (_, open, name, close) => {
      let its = said(name + row);
      if (its) found = true;
      if (open) its = its.replace(/^[“„"«]([^“„”"«»]*)[”"»]$/, "$1"); // the line has marks of its own
      if (/[.;]/.test(close)) its = its.replace(/[.\s]+$/, "");
      return open + (its || texts.textGap) + close;
    });
    return { text, found };
  }

  /** The filled rows of a section, or one with gaps. */
  function rows($line) {
    const { line, of } = $line.dataset;
    const all = every(`[data-rows="${of}"]`).map(($row) => written(line, `--${$row.dataset.row}`));
    const those = all.filter(({ found }) => found);
    return those.length ? those : all.slice(0, 1);
  }

  function draft($draft) {
    let text = "";
    let number = 0;
    for (const $line of every("[data-line]", $draft)) {
      const { line, of, item, optional } = $line.dataset;
      for (const its of of ? rows($line) : [written(line)]) {
        if (optional !== undefined && !its.found) continue;
        if (text) text += item !== undefined && number ? "\n" : "\n\n";
        text += item === undefined ? its.text : `${number += 1}. ${its.text}`;
      }
    }
    return text;
  }

  function showDraft($draft) {
    const text = draft($draft);
    const $text = find(".planner-text", $draft);
    if ($text.textContent !== text) $text.textContent = text;
    const $mail = find("[data-mail]", $draft);
    if (!$mail) return;
    const subject = written($draft.dataset.subject).text;
    $mail.href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
  }

  function download(name, end, type, text) {
    const title = shown().name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const file = `${name}-${title}`.replace(/[^a-z0-9]+/g, "-").replace(/-$/, "") + end;
    const $link = Object.assign(document.createElement("a"), { download: file });
    $link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    $link.click();
    setTimeout(() => URL.revokeObjectURL($link.href), 10_000);
    say(texts.textDownloaded, { file });
  }

  async function copy($draft) {
    try {
      await navigator.clipboard.writeText(draft($draft));
      say(texts.textCopied);
    } catch {
      say(texts.textFailed);
    }
  }

  const colon = (label) => (/[?:]$/.test(label) ? label : `${label}:`);
  /** What the buttons do; those about the plan have nothing to do with an empty one. */
  const actions = {
    add,
    delete() {
      find("h2", $dialog).textContent = fill(texts.textSure, { name: shown().label });
      $dialog.returnValue = "";
      $dialog.showModal();
    },
    copy: ($button) => copy($button.closest(".planner-draft")),
    log: ($button) => download(texts.textLog, ".txt", "text/plain", `${draft($button.closest(".planner-draft"))}\n`),
    print: () => window.print(),
    text() {
      const parts = filled().map(([label, text]) => `${colon(label)}\n${text}\n`);
      download(texts.textFile, ".txt", "text/plain", [`${shown().label}\n`, ...parts].join("\n"));
    },
    markdown() {
      const parts = filled().map(([label, text]) => `**${colon(label)}** ${text.replaceAll("\n", "  \n")}\n`);
      download(texts.textFile, ".md", "text/markdown", [`# ${shown().label}\n`, ...parts].join("\n"));
    },
  };

  function start() {
    try { current = sessionStorage.getItem(KEY) ?? undefined; } catch {} // blocked
    // Set here and not in the HTML, where older validators reject it.
    find("form", $dialog).method = "dialog";
    $form.addEventListener("submit", (event) => event.preventDefault());
    $form.addEventListener("input", ({ target }) => {
      if (!target.name) return;
      unsaved.add(target.name);
      say("");
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    $form.addEventListener("change", ({ target }) => {
      save();
      if (target === $choose) turnTo($choose.value);
    });
    $form.addEventListener("click", ({ target }) => {
      const $button = target.closest("[data-action]");
      if (!$button) return;
      save();
      const { action } = $button.dataset;
      if (/text|markdown/.test(action) && !filled().length) say(texts.textEmpty);
      else actions[action]($button);
    });
    $dialog.addEventListener("close", () => {
      if ($dialog.returnValue !== "delete") return find("[data-action=delete]").focus();
      remove();
      $choose.focus();
    });
    addEventListener("beforeprint", fit);
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    record.listen(show);
    show();
    every(".planner-bar, .planner-take, .planner-draft").forEach(($part) => { $part.hidden = false; });
  }

  start();
})();
