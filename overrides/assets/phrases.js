/*
 * The phrase bank's filter: by stage of the conversation, and by words without regard to case
 * and diacritics. Comes in: fragments/phrases.html, complete without this script.
 */
(() => {
  "use strict";

  const $bank = document.querySelector(".phrase-bank");
  if (!$bank) return;

  /** Marks that a keyboard leaves out; the old cedilla letters come apart the same way. */
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const $stage = $bank.querySelector("select");
  const $words = $bank.querySelector("input");
  const $status = $bank.querySelector("[role=status]");
  const phrases = Array.from($bank.querySelectorAll(".phrase"), ($phrase) => ({ $phrase, text: fold($phrase.textContent) }));

  function filter() {
    const words = fold($words.value).split(/\s+/);
    for (const { $phrase, text } of phrases) {
      const $module = $phrase.closest(".phrase-stage");
      $phrase.hidden = Boolean($stage.value && $module.dataset.stage !== $stage.value) || !words.every((word) => text.includes(word));
    }
    for (const $part of $bank.querySelectorAll(".phrase-lesson, .phrase-stage")) $part.hidden = !$part.querySelector(".phrase:not([hidden])");
    const shown = phrases.filter(({ $phrase }) => !$phrase.hidden).length;
    $status.textContent = $bank.dataset.textShown.replace("{shown}", shown).replace("{total}", phrases.length);
  }

  $bank.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  $stage.addEventListener("change", filter);
  $words.addEventListener("input", filter);
  $bank.querySelector("form").hidden = false;
  filter();
})();
