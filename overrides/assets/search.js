/*
 * The search dialog (partials/search.html). Loaded by course.js, which opens the dialog, when it is
 * first asked for. What is searched is Pagefind's index of the page's language, which loads with
 * the first letters typed, a piece at a time.
 */
(() => {
  "use strict";

  const SHOWN = 5; // pages at a time: each is a file of its own
  const PARTS = 3; // places within a page
  const WORDS = 26; // of an excerpt
  const ENOUGH = 20; // pages, for which a search need not go on
  const LATE = 0.3; // of its worth is what counts of a page for trainers
  const PATIENCE = 20000; // milliseconds; Pagefind waits for ever for what does not load

  const $dialog = document.querySelector(".search");
  const $field = $dialog.querySelector(".search-field");
  const $status = $dialog.querySelector(".search-status");
  const $results = $dialog.querySelector(".search-results");
  const $end = $dialog.querySelector(".search-end");
  const [$whole, $part] = $dialog.querySelectorAll("template");
  const folder = new URL("../pagefind/", document.currentScript.src);
  const { lang } = document.documentElement;
  const begin = $status.textContent;
  const trainers = document.querySelector("[data-for=trainers]") !== null;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Here and not in the HTML, where older validators reject it.
  $field.enterKeyHint = "search";

  /** Counts the searches: what arrives after another one has begun comes too late. */
  let turns = 0;
  let engine = null;
  let tries = 0;
  let found = [];
  let pause = 0;

  /** What the index says of itself. */
  async function entry() {
    const response = await fetch(new URL("pagefind-entry.json", folder), { cache: "no-store" });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }

  /** Pagefind with the index of this language; a new one each time that one failed. */
  function load() {
    engine ??= (async () => {
      // Without an index of its own a language would get that of another.
      if (!(lang.toLowerCase() in (await entry()).languages)) return null;
      const library = new URL(`pagefind.js${tries++ ? `?${tries}` : ""}`, folder);
      const { createInstance } = await import(library);
      return createInstance({ noWorker: true, ranking: { metaWeights: { place: 0 } } });
    })();
    return engine;
  }

  function soon(promise) {
    const late = new Promise((_, reject) => { setTimeout(reject, PATIENCE, new Error("late")); });
    return Promise.race([promise, late]);
  }

  /**
   * The pages for a query, best first. Languages bend their words in more ways than a stemmer
   * knows, so long ones are looked for without their last third, too. What is for trainers counts
   * less, unless the reader is one.
   */
  async function search(query) {
    const pagefind = await load();
    if (!pagefind) return [];
    const ask = async (words, filters) => (await soon(pagefind.search(words, { filters }))).results;
    const stem = (word) => (word.length < 7 ? word : word.slice(0, Math.ceil(word.length * 0.7)));
    const pages = new Map();
    for (const words of new Set([query, query.replace(/\p{L}+/gu, stem)])) {
      if (pages.size >= ENOUGH) break;
      const late = new Set(trainers ? [] : (await ask(words, { for: "trainers" })).map(({ id }) => id));
      // What only the name of its module brings has no score.
      for (const { id, score, data } of (await ask(words)).filter(({ score: all }) => all)) {
        const sum = (pages.get(id)?.score ?? 0) + (late.has(id) ? score * LATE : score);
        pages.set(id, { id, data, score: sum });
      }
    }
    // A piece of the index that does not load looks like one without the word.
    if (!pages.size) await entry();
    return [...pages.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }

  /** The words of a text, each with the letters only that a reader would call the word. */
  const bare = (word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");

  /** The words as they stand on the page, each once: what is marked there. */
  function forms(words, places) {
    const all = places.map((place) => bare(words[place] || ""));
    return [...new Map(all.filter(Boolean).map((word) => [fold(word), word])).values()].slice(0, 8);
  }

  /** Whether a page was found for more than the first letter or two, as Pagefind does at last. */
  function meant(query, { content, locations }) {
    const words = content.split(" ");
    const begins = fold(query).match(/[\p{L}\p{N}]+/gu)?.map((word) => word.slice(0, 3)) ?? [];
    return !locations.length || forms(words, locations).some((word) => begins.some((begin) => fold(word).includes(begin)));
  }

  /** The words around the densest hits from one word to another, the hits marked. */
  function excerpt($element, words, places, from, to) {
    const hits = places.filter((place) => place >= from && place < to);
    const within = (start) => hits.filter((place) => place >= start && place < start + WORDS).length;
    const densest = hits.reduce((best, place) => (within(place) > within(best) ? place : best), hits[0] ?? from);
    const start = Math.max(from, densest - 5);
    const end = Math.min(to, start + WORDS);
    if (start > from) $element.append("… ");
    for (let place = start; place < end; place++) {
      const $word = hits.includes(place) ? document.createElement("mark") : document.createTextNode("");
      $word.textContent = words[place];
      $element.append($word, " ");
    }
    if (end < to) $element.append("…");
  }

  /**
   * The places of a page that have a name: headings, rows, terms. Elements that begin at the same
   * word are one place; the first is where a link leads, the last says the name. The steps of a
   * conversation, which are sections, are no places: who follows the link begins at its beginning.
   */
  function sections({ anchors }, length) {
    const named = [];
    for (const { element, id, text, location } of [...anchors].sort((a, b) => a.location - b.location)) {
      const last = named.at(-1);
      const place = last?.from === location ? last : { from: location, id, name: "", step: element === "section" };
      if (place !== last) named.push(place);
      if (/^(h[23]|a|dfn)$/.test(element) && text && !place.step) place.name = text;
    }
    const places = named.filter(({ name }) => name);
    return places.map((place, index) => ({ ...place, to: places[index + 1]?.from ?? length }));
  }

  function address(url, marks, id) {
    const to = new URL(url, location.href);
    if (marks.length) to.searchParams.set("mark", marks.join(" "));
    to.hash = id;
    return to.href;
  }

  /** Fills in a copy of a template: where it leads, its name, and the text around the hits. */
  function fill($template, data, words, { id, name, places, from, to }) {
    const $copy = $template.content.cloneNode(true);
    const $link = $copy.querySelector("a");
    $link.href = address(data.url, forms(words, places), id);
    $link.firstElementChild.textContent = name;
    excerpt($link.lastElementChild, words, places, from + name.split(/\s+/).length, to);
    return $copy;
  }

  function pageResult(data) {
    const words = data.content.split(" ");
    const places = [...new Set(data.locations)].sort((a, b) => a - b);
    const all = sections(data, words.length);
    const within = ({ from, to }) => (place) => place >= from && place < to;
    const parts = all.map((part) => ({ ...part, places: places.filter(within(part)) })).filter((part) => part.places.length);
    // A hit in a heading weighs as much as several in the text.
    const weight = (part) => data.weighted_locations.reduce((sum, hit) => (within(part)(hit.location) ? sum + hit.weight : sum), 0);
    const most = [...parts].sort((a, b) => weight(b) - weight(a)).slice(0, PARTS);
    const whole = { id: "", name: data.meta.title, places, from: 0, to: all[0]?.from ?? words.length };
    const $page = fill($whole, data, words, whole);
    $page.querySelector(".search-place").textContent = data.meta.place ?? "";
    $page.querySelector("ul").append(...parts.filter((part) => most.includes(part)).map((part) => fill($part, data, words, part)));
    return $page;
  }

  async function show(mine, number) {
    const data = await soon(Promise.all(found.splice(0, number).map((result) => result.data())));
    if (mine !== turns) return;
    $results.append(...data.map(pageResult));
    $end.hidden = !found.length;
  }

  function say(text, values = {}) {
    $status.textContent = Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);
  }

  function clear(text) {
    $results.replaceChildren();
    $results.ariaBusy = null;
    $end.hidden = true;
    say(text);
  }

  async function find() {
    const mine = ++turns;
    clearTimeout(pause);
    // The letters of old keyboards; Pagefind favours those that are the same. Beside longer words
    // the smallest tell nothing, and their pieces of the index are the largest.
    const words = $field.value.replace(/ş/g, "ș").replace(/ţ/g, "ț").split(/\s+/).filter(Boolean);
    const longer = words.filter((word) => word.length > 2);
    const query = (longer.length ? longer : words).join(" ");
    const text = $dialog.dataset;
    if (!query) {
      clear(begin);
      return;
    }
    if (!engine) say(text.textWait);
    let trouble = text.textFile;
    try {
      if (location.protocol === "file:") throw trouble;
      trouble = text.textFailed;
      const results = await search(query);
      const near = results.length && meant(query, await soon(results[0].data()));
      if (mine !== turns) return;
      found = near ? results : [];
      const count = found.length;
      const form = new Intl.PluralRules(lang).select(count);
      const said = text[`text${form[0].toUpperCase()}${form.slice(1)}`] || text.textOther;
      say(count ? said : text.textNone, { count, words: $field.value.trim() });
      $results.replaceChildren();
      // The best one shows as soon as it is there; each page is a file.
      await show(mine, 1);
      if (mine === turns) await show(mine, SHOWN - 1);
      if (mine === turns) $results.ariaBusy = null;
    } catch {
      engine = null;
      if (mine === turns) clear(trouble);
    }
  }

  /** Down and up go through the field and all results. */
  function step(by) {
    const stops = [$field, ...$dialog.querySelectorAll(".search-results a, .search-end:not([hidden]) button")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[Math.min(Math.max(at + by, 0), stops.length - 1)];
    next.focus();
    if (next === $field) $dialog.scrollTop = 0;
  }

  $field.addEventListener("input", () => {
    clearTimeout(pause);
    $results.ariaBusy = "true";
    pause = setTimeout(find, 200);
  });
  $dialog.addEventListener("submit", () => $results.querySelector("a")?.click());
  $dialog.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  $dialog.querySelector(".search-more").addEventListener("click", async () => {
    const last = $results.lastElementChild;
    await show(turns, SHOWN);
    last?.nextElementSibling?.querySelector("a").focus();
  });
  if ($field.value) find();
})();
