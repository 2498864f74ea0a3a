/*
 * Another language of the lesson beside this one, paragraph by paragraph: fetched from its own
 * page when the reader asks for it. Comes in: partials/beside.html, and the stamps `data-pair`
 * that the generator sets on what answers each other in all languages of a page.
 */
(() => {
  "use strict";

  const $tool = document.querySelector(".beside");
  if (!$tool) return;
  const KEY = "course-beside";
  const $select = $tool.querySelector("select");
  const $button = $tool.querySelector("button");
  const $status = $tool.querySelector("[role=status]");
  const $article = $tool.closest("article");
  /** Counts the turns of the switch: what arrives after another turn comes too late. */
  let turns = 0;

  /** An address of the other page as this one must write it; print spells out those with a host. */
  function place(link, address) {
    const url = new URL(link, address);
    return url.origin === location.origin ? url.pathname + url.search + url.hash : url.href;
  }

  /** A copy that can stand in this page: no ids, no headings, no stamps, addresses made whole. */
  function copied($block, page, address) {
    const $copy = document.importNode($block, true);
    for (const $part of [$copy, ...$copy.querySelectorAll("*")]) {
      for (const name of ["id", "data-pair", "aria-labelledby", "aria-describedby"]) $part.removeAttribute(name);
      for (const name of ["href", "src"]) {
        if ($part.hasAttribute(name)) $part.setAttribute(name, place($part.getAttribute(name), address));
      }
      if (/^H\d$/.test($part.tagName)) $part.setAttribute("role", "none");
    }
    $copy.lang = page.documentElement.lang;
    $copy.dir = page.body.dir;
    $copy.classList.add("beside-other");
    return $copy;
  }

  /** Each block of the other page goes behind its partner, or behind the one before it. */
  function show(page, address) {
    let $last = $article.querySelector("[data-pair]");
    for (const $block of page.querySelectorAll("article [data-pair]")) {
      const { pair } = $block.dataset;
      const $own = pair && $article.querySelector(`[data-pair="${pair}"]`);
      if ($own) $last = $own;
      else if ($block.parentElement.tagName === "ARTICLE") $last = $last.closest("article > *");
      const $copy = copied($block, page, address);
      $last.after($copy);
      $copy.parentElement.classList.add("beside-columns");
      $last = $copy;
    }
  }

  function look(on) {
    $button.setAttribute("aria-pressed", on);
    // Two columns need the room of the contents, which stand behind the menu's button meanwhile.
    document.body.classList.toggle("course--wide", on);
    document.body.classList.toggle("course--beside", on);
    for (const $copy of $article.querySelectorAll(".beside-other")) $copy.remove();
    for (const $parent of document.querySelectorAll(".beside-columns")) $parent.classList.remove("beside-columns");
    $status.textContent = "";
  }

  async function turn(on) {
    const mine = ++turns;
    look(on);
    if (!on) return;
    let trouble = $tool.dataset.textFile;
    try {
      if (location.protocol === "file:") throw trouble;
      trouble = $tool.dataset.textFailed;
      const response = await fetch($select.selectedOptions[0].dataset.href);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== turns) return;
      if (!response.ok || !page.querySelector("article [data-pair]")) throw trouble;
      show(page, response.url);
    } catch {
      if (mine !== turns) return;
      look(false);
      $status.textContent = trouble;
    }
  }

  /** For the next lesson; where storage is blocked, it holds for this page. */
  function remember(language) {
    try { localStorage.setItem(KEY, language); } catch {}
  }

  function remembered() {
    try { return localStorage.getItem(KEY); } catch { return null; }
  }

  $button.addEventListener("click", () => {
    const on = $button.getAttribute("aria-pressed") === "false";
    remember(on ? $select.value : "");
    turn(on);
  });
  $select.addEventListener("change", () => {
    if ($button.getAttribute("aria-pressed") === "false") return;
    remember($select.value);
    turn(true);
  });

  const language = remembered();
  if (language) {
    // Who reads on in the language that stood beside gets the one they came from, or the first.
    const $option = [...$select.options].find(({ value }) => value === language);
    if ($option) $option.selected = true;
    turn(true).then(() => document.querySelector(":target")?.scrollIntoView());
  }
})();
