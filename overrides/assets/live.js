// Under `serve` only: fills in mistakes and the trainer's bar, and keeps the place in the page
// when it is loaded anew or seen in another language. All texts stand in fragments/live.html.
(() => {
  "use strict";

  const root = document.querySelector(".live");
  const find = (selector) => root.querySelector(selector);
  const texts = root.dataset;

  /** What this browser remembers; nothing where storage is blocked. */
  const recall = (store, key) => {
    try { return JSON.parse(window[store].getItem(`course-live-${key}`)); } catch { return null; }
  };
  const keep = (store, key, value) => {
    try { window[store].setItem(`course-live-${key}`, JSON.stringify(value)); } catch { /* blocked */ }
  };

  // The place in the page: a block near the upper edge. An edit may move its number and a
  // translation has other words, so it is looked for by its words, then its number, then by the
  // heading above it.

  const main = document.querySelector("main") || document.body;
  const blocks = () => [...main.querySelectorAll("[data-pair], [id]")].filter((block) => block.getClientRects().length);
  const wordsOf = (block) => block.textContent.trim().slice(0, 80);
  const alike = (words) => blocks().filter((block) => words && wordsOf(block) === words);
  const top = (block) => block.getBoundingClientRect().top;

  function nameOf(block) {
    const words = wordsOf(block);
    return { words, number: alike(words).indexOf(block), pair: block.dataset.pair, id: block.id, top: top(block) };
  }

  function named({ words, number, pair, id }, moved) {
    return (!moved && alike(words)[number])
      || (moved && pair && main.querySelector(`[data-pair="${CSS.escape(pair)}"]`))
      || (id && document.getElementById(id))
      || null;
  }

  /** A <details> is known by what has an id around it, and its number there. */
  const owner = (details) => details.parentElement.closest("[id]");
  const within = (element) => [...element.querySelectorAll("details")].filter((details) => owner(details) === element);
  const foldings = () => [...main.querySelectorAll("details")].map((details) =>
    ({ id: owner(details)?.id, number: within(owner(details) || main).indexOf(details), open: details.open }));

  function place() {
    const above = blocks().filter((block) => top(block) <= Math.min(innerHeight / 3, scrollY));
    const heading = above.filter((block) => block.id && block !== main).pop();
    const names = scrollY ? [above.pop(), heading].filter(Boolean).map(nameOf) : [];
    return { names, foldings: foldings() };
  }

  function restore(kept) {
    for (const { id, number, open } of kept.foldings) {
      const around = id ? document.getElementById(id) : main;
      const details = around && within(around)[number];
      if (details) details.open = open;
    }
    for (const name of kept.names) {
      const block = named(name, kept.moved);
      if (block) return scrollTo({ top: scrollY + top(block) - name.top, behavior: "instant" });
    }
    return undefined;
  }

  const { pathname } = location;
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  const here = recall("sessionStorage", "place");
  if (here && here.path === pathname && (type === "reload" || here.moved)) {
    history.scrollRestoration = "manual";
    const settle = () => requestAnimationFrame(() => restore(here));
    addEventListener("load", () => {
      settle();
      document.fonts?.ready.then(settle);
      history.scrollRestoration = "auto";
    });
  }
  let leaving = false;
  addEventListener("pagehide", () => {
    if (!leaving) keep("sessionStorage", "place", { ...place(), path: pathname });
  });
  for (const link of root.querySelectorAll(".live-other")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      leaving = true;
      keep("sessionStorage", "place", { ...place(), path: new URL(link.href).pathname, moved: true });
    });
  }
  addEventListener("pageshow", () => { leaving = false; });

  // The bar is folded away, or not, on every page.

  const bar = find(".live-bar");
  bar.open = recall("localStorage", "open") !== false;
  bar.addEventListener("toggle", (event) => {
    if (event.target === bar) keep("localStorage", "open", bar.open);
  });

  // The answer key of the page.

  const key = find(".live-key");
  const answers = () => document.querySelectorAll(".quiz-answer, .scenario-feedback");
  function showKey(on) {
    key.setAttribute("aria-pressed", String(on));
    document.body.classList.toggle("quiz-show-answers", on);
    for (const details of answers()) details.open = on;
    keep("sessionStorage", "key", on);
  }
  key.hidden = !answers().length;
  key.addEventListener("click", () => showKey(key.getAttribute("aria-pressed") !== "true"));
  if (!key.hidden && recall("sessionStorage", "key")) addEventListener("load", () => showKey(true));

  // What the server knows.

  const copy = (name) => find(`.live-${name}-template`).content.cloneNode(true);

  function listed(problem) {
    const item = copy("problem");
    const fill = (part, text) => { item.querySelector(`.live-${part}`).textContent = text; };
    fill("where", `${problem.path}:${problem.line}`);
    fill("what", `${problem.what};`);
    fill("fix", problem.fix + (problem.advice ? ` ${texts.textAdvice}` : ""));
    if (texts.rules && problem.rule) {
      const link = document.createElement("a");
      link.href = `${texts.rules}#${problem.rule}`;
      link.textContent = problem.rule;
      item.querySelector(".live-rule").append(link);
    } else {
      fill("rule", problem.rule);
    }
    return item;
  }

  let told = "[]";
  function showMistakes(mistakes) {
    const now = JSON.stringify(mistakes);
    if (now === told) return; // or it would be read out again
    told = now;
    const box = find(".live-mistakes");
    box.replaceChildren();
    if (!mistakes.length) return;
    const content = copy("mistakes");
    content.querySelector("h2").textContent = texts.textMistakes.replace("{number}", mistakes.length);
    content.querySelector("ol").append(...mistakes.map(listed));
    box.append(content);
  }

  function showFindings(findings) {
    const text = findings ? texts.textFindings.replace("{number}", findings.length) : texts.textChecking;
    find(".live-count").textContent = text;
    find(".live-folded").textContent = text;
    find(".live-findings ol").replaceChildren(...(findings || []).map(listed));
  }

  let version = -1;
  let asking = null;
  async function ask() {
    if (asking || document.visibilityState !== "visible") return;
    asking = new AbortController();
    const query = new URLSearchParams({ page: decodeURI(pathname) });
    if (version >= 0) query.set("after", version);
    let pause = 0;
    try {
      const answer = await fetch(`${texts.state}?${query}`, { signal: asking.signal });
      const state = await answer.json();
      version = state.version;
      showMistakes(state.mistakes);
      showFindings(state.findings);
    } catch {
      version = -1; // the server ended, and may begin anew
      pause = 3000;
    }
    asking = null;
    setTimeout(ask, pause);
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
    else asking?.abort();
  });
  ask();
})();
