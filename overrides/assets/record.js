/*
 * What the learner did: one JSON text in this browser, never sent. Other scripts ask
 * `courseRecord`, whose functions never throw. On every page, and so kept small: learning.js
 * adds what only pages with questions need (merge, answered, a thorough validate). Comes in:
 * the lesson's address, the marks, “continue” and the sentences about trouble, all in the page.
 */
(() => {
  "use strict";

  const KEY = "course-record";
  const BROKEN = "course-record-broken";
  /** From each older version to the next; version 0 is a record that names none. */
  const migrations = [(all) => ({ ...all, version: 1 })];
  const listeners = [];
  /** The record's text where it could not be written: it lasts only as long as the page. */
  let memory = null;
  /** Where lessons stood before -> where they stand now, as the page says it: "old=new old=new". */
  const moved = new Map((document.querySelector("article").dataset.moved ?? "")
    .split(" ").filter(Boolean).map((pair) => pair.split("=")));

  const record = window.courseRecord = {
    /** Why something cannot be kept: "blocked", "full", "corrupt" or "newer". */
    trouble: null,

    moved,

    now: () => (window.courseClock || Date.now)(),

    /** The end of this day: what is due in the evening may be asked in the morning. */
    today: () => new Date(record.now()).setHours(23, 59, 59, 999),

    /** @param {Function} callback - called after a change here or in another tab */
    listen: (callback) => { listeners.push(callback); },

    /** @returns {?object} the value as a record of this version, or null when it is none */
    validate(value) {
      if (value?.constructor !== Object) return null;
      let all = value;
      while (migrations[all.version ?? 0]) all = migrations[all.version ?? 0](all);
      if (all.version !== 1) return null;
      const uri = moved.get(all.last?.uri);
      return { questions: {}, quizzes: {}, confidence: {}, last: null, ...all, ...(uri && { last: { ...all.last, uri } }) };
    },

    /** @returns {object} a copy of the record, an empty one when there is none */
    read() {
      let text = "{}", value;
      try {
        text = memory ?? localStorage.getItem(KEY) ?? text;
      } catch {
        record.trouble = "blocked";
      }
      try { value = JSON.parse(text); } catch {} // corrupt
      const all = record.validate(value);
      if (all) return all;
      memory = "{}";
      record.trouble = value?.version > 1 ? "newer" : "corrupt";
      if (record.trouble === "corrupt") put(BROKEN, text);
      return record.validate({});
    },

    /**
     * Read anew, so that no other tab's work is lost, change that, and write it.
     * @param {Function} change - gets the record; when it fails, nothing changes
     * @returns {object} the record
     */
    update(change) {
      const all = record.read();
      attempt(() => {
        change(all);
        memory = JSON.stringify(all);
        if (!/blocked|newer/.test(record.trouble)) put(KEY, memory);
      });
      tell();
      return all;
    },

    erase() {
      memory = record.trouble = null;
      try {
        localStorage.removeItem(KEY);
        localStorage.removeItem(BROKEN);
      } catch {} // blocked, so there is nothing
      tell();
    },
  };

  /** Write; once that succeeds, nothing is held in memory any more. */
  function put(key, text) {
    try {
      localStorage.setItem(key, text);
      memory = null;
      if (record.trouble === "full") record.trouble = null;
    } catch {
      record.trouble = "full";
    }
  }

  /** One failing piece stops neither the others nor the page. */
  function attempt(action) {
    try { action(); } catch (error) { console.error(error); }
  }

  /** Tell whoever listens of a change, and the learner of trouble. */
  function tell() {
    listeners.forEach(attempt);
    const $trouble = document.querySelector(".course-trouble");
    if (!$trouble) return;
    $trouble.hidden = !record.trouble;
    $trouble.textContent = $trouble.getAttribute(`data-text-${record.trouble}`);
  }

  // Where the learner is in the course: lessons finished, and the one visited last.
  record.listen(() => {
    const { questions, last } = record.read();
    for (const $mark of document.querySelectorAll("[data-questions]")) {
      $mark.hidden = !$mark.dataset.questions.split(" ").every((id) => questions?.[id]?.done);
    }
    for (const $text of document.querySelectorAll("[data-continue]")) {
      $text.hidden = $text.dataset.continue !== last?.uri;
    }
  });
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && tell());
  // A page that comes back from the browser's memory has heard of nothing meanwhile.
  addEventListener("pageshow", ({ persisted }) => persisted && tell());

  // After all deferred scripts, so that learning.js has judged the record before this writes.
  addEventListener("DOMContentLoaded", () => {
    const { lesson } = document.querySelector("article").dataset;
    if (lesson) record.update((all) => { all.last = { uri: lesson, at: record.now() }; });
    else tell();
  });
})();
