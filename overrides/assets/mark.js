/*
 * Marks the words that a search result led here for: those in the address (?mark=…), whatever
 * their case and diacritics. Loaded by course.js when the address asks for it.
 */
(() => {
  "use strict";

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const address = new URL(location.href);
  const wanted = new Set(address.searchParams.get("mark").split(/\s+/).map(fold).filter(Boolean));
  const LEFT_ALONE = "form, script, style, svg, textarea, [data-pagefind-ignore]";

  function mark($text) {
    const words = [...$text.data.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{M}\p{N}]+)*/gu)];
    // From the end, so that what is still to come keeps its place.
    for (const { 0: word, index } of words.reverse()) {
      const parts = word.split("-");
      if (!wanted.has(fold(word)) && !parts.some((part) => wanted.has(fold(part)))) continue;
      const $word = $text.splitText(index);
      $word.splitText(word.length);
      const $mark = document.createElement("mark");
      $mark.className = "search-mark";
      $word.replaceWith($mark);
      $mark.append($word);
    }
  }

  function markAll() {
    const $article = document.querySelector("article[data-pagefind-body]");
    if (!$article) return;
    const walker = document.createTreeWalker($article, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const $text of texts) if (!$text.parentElement.closest(LEFT_ALONE)) mark($text);
    // Whoever passes the address on means the page.
    address.searchParams.delete("mark");
    history.replaceState(history.state, "", address);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", markAll);
  else markAll();
})();
