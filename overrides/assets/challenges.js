/*
 * A filter for the challenge / approach table: ignores case and diacritics, says how many rows
 * it shows. Comes in: what fragments/challenges.html renders, complete without this script.
 */
(function () {
  "use strict";

  /** Marks that a keyboard leaves out; the old cedilla letters come apart the same way. */
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  document.querySelectorAll(".challenges").forEach(($challenges) => {
    const $input = $challenges.querySelector("input");
    if (!$input) return;
    const $status = $challenges.querySelector('[role="status"]');
    const rows = Array.from($challenges.querySelectorAll("tbody tr"), ($row) => ({ $row, text: fold($row.textContent) }));

    function filter() {
      const words = fold($input.value).split(/\s+/);
      rows.forEach((row) => { row.$row.hidden = !words.every((word) => row.text.includes(word)); });
      const shown = rows.filter((row) => !row.$row.hidden).length;
      $status.textContent = $challenges.dataset.textShown.replace("{shown}", shown).replace("{total}", rows.length);
    }

    $input.addEventListener("input", filter);
    // A reload or the back button brings the old words back into the box.
    if ($input.value) filter();
  });
})();
