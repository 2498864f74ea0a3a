/*
 * Completes record.js on the pages that use more of it: what a record is made of, how two become
 * one, and when a question is due again.
 */
(() => {
  "use strict";

  const KEY = "course-record";
  const DAY = 24 * 60 * 60 * 1000;
  /** A question in box n comes back after the nth of these days; a wrong answer leads to box 1. */
  const DAYS = [1, 3, 7, 21];
  /** As long as this a write of another tab may still have crossed ours. */
  const CROSSING = 2000;

  const record = window.courseRecord;
  const core = { ...record };
  /** What this page wrote last, and when. */
  let ours = null;

  // Each of these makes a function that returns a clean copy of a value, or undefined.
  const when = (test) => (value) => (test(value) ? value : undefined);
  const number = (low, high) => when((value) => Number.isFinite(value) && value >= low && value <= high);
  const whole = (low, high) => when((value) => Number.isInteger(value) && value >= low && value <= high);
  const orNull = (clean) => (value) => clean(value) ?? null;
  const list = (clean) => (value) => (Array.isArray(value) ? value.map(clean).filter((item) => item !== undefined) : undefined);

  /** @param {Function} clean - for each value; entries it cannot clean are left out */
  const entries = (clean) => (value) => {
    if (!isObject(value)) return undefined;
    const pairs = Object.entries(value).map(([id, its]) => [id, clean(its)]);
    return Object.fromEntries(pairs.filter(([id, its]) => its && /^[a-z][a-z0-9-]*$/.test(id)));
  };

  /** @param {Object<string, [*, Function]>} fields - what each field is when missing; how to clean it */
  const shape = (fields) => (value) => {
    if (!isObject(value)) return undefined;
    const result = {};
    for (const [name, [missing, clean]] of Object.entries(fields)) {
      const its = value[name] ?? missing;
      result[name] = its === missing ? missing : clean(its);
      if (result[name] === undefined) return undefined;
    }
    return result;
  };

  const text = when((value) => typeof value === "string");
  const yes = when((value) => typeof value === "boolean");
  const at = [0, number(0, 1e15)];
  const attempt = [1, whole(0, 1e6)];
  const feeling = [null, orNull(shape({ value: [undefined, whole(1, 5)], at }))];

  const cleaned = shape({
    version: [1, whole(1, 1)],
    questions: [{}, entries(shape({
      stamp: ["", text],
      answer: [null, when(isAnswer)],
      done: [false, yes],
      credit: [null, number(0, 1)],
      sure: [null, whole(0, 2)],
      at,
      attempt,
      box: [0, whole(0, DAYS.length)],
      due: [null, number(0, 1e15)],
    }))],
    quizzes: [{}, entries(shape({
      attempt,
      seed: [0, whole(-(2 ** 32), 2 ** 32)],
      at,
      scores: [[], list(shape({ attempt, right: [0, number(0, 1e4)], total: [0, number(0, 1e4)], at }))],
      draw: [null, list(text)],
    }))],
    confidence: [{}, shape({ before: feeling, after: feeling })],
    plans: [{}, entries(shape({ name: ["", text], at, gone: [false, yes], fields: [{}, entries(text)] }))],
    scenarios: [{}, entries(shape({
      stamp: ["", text],
      path: [[], list(text)],
      on: [true, yes],
      seed: [0, whole(0, 2 ** 32)],
      endings: [[], list(text)],
      done: [false, yes],
      at,
    }))],
    last: [null, orNull(shape({ uri: [undefined, text], at }))],
  });

  /**
   * @param {*} value - what was stored, or read from a file
   * @returns {?object} a record of this version without whatever does not belong in one
   */
  record.validate = (value) => {
    try {
      const all = cleaned(core.validate(value));
      if (!all) return null;
      all.confidence = { before: null, after: null, ...all.confidence };
      record.moved.forEach((now, old) => rename(all, nameOf(old), nameOf(now)));
      return union(all, all);
    } catch {
      return null; // nested deeper than anything of ours
    }
  };

  /** The union of two records: commutative, associative, idempotent. */
  record.merge = (a, b) => union(record.validate(a) ?? record.validate({}), record.validate(b) ?? record.validate({}));

  record.update = (change) => {
    const all = core.update((its) => {
      // What could not be written lives on in this page; other tabs may have written since.
      if (record.trouble === "full") Object.assign(its, record.merge(its, stored()));
      change(its);
    });
    ours = { text: JSON.stringify(all), at: Date.now() };
    return all;
  };

  record.erase = () => {
    ours = null;
    core.erase();
  };

  /**
   * Settle a question and say when it comes back.
   * @param {string} id
   * @param {{stamp: string, answer: *, credit: ?number, sure: ?number, attempt: (number|undefined)}} result
   *   credit is null for what is not scored; such questions do not come back. `elsewhere`: the
   *   answer itself is kept under another id (a drawn self-check), so the lesson's stays.
   */
  record.answered = (id, { stamp, answer, credit = null, sure = null, attempt: count, elsewhere = false }) => record.update((all) => {
    const before = all.questions[id];
    const now = record.now();
    // Right again before its day proves nothing yet: the question keeps its box and its day.
    const early = credit === 1 && before?.due > record.today() && before.box > 0;
    const next = Math.min((before?.box ?? 0) + 1, DAYS.length);
    const box = credit === null ? 0 : credit < 1 ? 1 : early ? before.box : next;
    const due = early ? before.due : box ? now + DAYS[box - 1] * DAY : null;
    const given = { stamp, answer, done: true, credit, attempt: count ?? before?.attempt ?? 1 };
    const kept = { stamp, answer: null, done: false, credit: null, attempt: 1, ...before };
    all.questions[id] = { ...(elsewhere ? kept : given), sure, at: now, box, due };
  });

  // Browsers share the storage between processes without a lock. Where a write of another tab,
  // made in the same moment, did not know of ours, ours is put back beside it.
  addEventListener("storage", ({ key, newValue }) => {
    if (!newValue && (key === KEY || key === null)) ours = null; // erased
    if (!ours || key !== KEY || Date.now() - ours.at > CROSSING) return;
    const theirs = record.read();
    const both = record.merge(JSON.parse(ours.text), theirs);
    if (canonical(both) !== canonical(theirs)) record.update((all) => Object.assign(all, both));
  });

  function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  /** Texts, and lists and objects of them. */
  function isAnswer(value) {
    return typeof value === "string" || (value instanceof Object && Object.values(value).every(isAnswer));
  }

  /** The same text for the same value, in whatever order its fields stand. */
  function canonical(value) {
    return JSON.stringify(value, (_, its) => (isObject(its) ? Object.fromEntries(Object.entries(its).sort()) : its));
  }

  /** The newer of two entries; of two equally new ones always the same. */
  function newer(a, b) {
    if (a === b || !a || !b) return a ?? b ?? null;
    if (a.at !== b.at) return a.at > b.at ? a : b;
    return canonical(a) > canonical(b) ? a : b;
  }

  function newerQuiz(a, b) {
    const scores = {};
    for (const score of [...(a?.scores ?? []), ...(b?.scores ?? [])]) {
      const name = `${score.attempt} ${score.at}`;
      scores[name] = newer(scores[name], score);
    }
    const bare = (quiz) => quiz && { ...quiz, scores: [] };
    const order = (one, other) => one.at - other.at || one.attempt - other.attempt;
    return { ...newer(bare(a), bare(b)), scores: Object.values(scores).sort(order) };
  }

  const nameOf = (uri) => uri.split("/").pop();

  /** What was done in a lesson's self-check goes by the lesson's present name. */
  function rename({ quizzes, questions }, old, now) {
    if (Object.hasOwn(quizzes, old)) {
      quizzes[now] = newerQuiz(quizzes[now], quizzes[old]);
      delete quizzes[old];
    }
    // A drawn self-check keeps its answers under its name.
    for (const id of Object.keys(questions).filter((id) => id.startsWith(`${old}--`))) {
      const its = now + id.slice(old.length);
      questions[its] = newer(questions[its], questions[id]);
      delete questions[id];
    }
  }

  /** The newer path; an ending once reached stays. */
  function newerTalk(a, b) {
    const endings = [...new Set([...(a?.endings ?? []), ...(b?.endings ?? [])])].sort();
    const bare = (talk) => talk && { ...talk, endings: [], done: false };
    return { ...newer(bare(a), bare(b)), endings, done: [a, b].some((talk) => talk?.done) };
  }

  function union(a, b) {
    const each = (name, pick) => Object.fromEntries(
      Object.keys({ ...a[name], ...b[name] }).map((id) => [id, pick(a[name][id], b[name][id])]));
    return {
      version: a.version,
      questions: each("questions", newer),
      quizzes: each("quizzes", newerQuiz),
      confidence: each("confidence", newer),
      plans: each("plans", newer),
      scenarios: each("scenarios", newerTalk),
      last: newer(a.last, b.last),
    };
  }

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null;
    }
  }
})();
