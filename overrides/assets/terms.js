/*
 * A word of the glossary explains itself where it stands: at the pointer, at keyboard focus, or
 * at a tap, which opens the glossary only the second time. Comes in: the links of a page to the
 * glossary, and the meanings in fragments/terms.html.
 */
(() => {
  "use strict";

  const $terms = document.querySelector(".terms");
  if (!$terms) return;
  const $tip = document.createElement("div");
  $tip.className = "terms-tip";
  $tip.id = "terms-tip";
  $tip.setAttribute("role", "tooltip");
  $tip.hidden = true;
  $terms.after($tip);
  let $shown = null;

  function show($link, $meaning) {
    hide();
    $shown = $link;
    $tip.replaceChildren(...$meaning.cloneNode(true).childNodes);
    $tip.hidden = false;
    $link.setAttribute("aria-describedby", $tip.id);
    const link = $link.getClientRects()[0];
    const room = document.documentElement.clientWidth - $tip.offsetWidth - 16;
    const above = link.top > $tip.offsetHeight + 80 ? link.top - $tip.offsetHeight - 6 : link.bottom + 6;
    $tip.style.left = `${Math.max(16, Math.min(link.left, room)) + scrollX}px`;
    $tip.style.top = `${above + scrollY}px`;
  }

  function hide() {
    $shown?.removeAttribute("aria-describedby");
    $shown = null;
    $tip.hidden = true;
  }

  for (const $term of $terms.querySelectorAll("dt")) {
    for (const $link of document.querySelectorAll(`article a[href$="/glossary/#${$term.dataset.term}"]`)) {
      const open = () => show($link, $term.nextElementSibling);
      let touched = false;
      $link.classList.add("terms-link");
      $link.addEventListener("pointerenter", ({ pointerType }) => { if (pointerType === "mouse") open(); });
      $link.addEventListener("pointerdown", ({ pointerType }) => { touched = pointerType !== "mouse" && $shown !== $link; });
      $link.addEventListener("focus", open);
      $link.addEventListener("blur", hide);
      $link.addEventListener("click", (event) => {
        if (!touched) return;
        event.preventDefault();
        open();
      });
      // Whoever moves on to the tooltip itself keeps it (WCAG 1.4.13).
      $link.addEventListener("pointerleave", ({ relatedTarget }) => { if (!$tip.contains(relatedTarget)) hide(); });
    }
  }
  $tip.addEventListener("pointerleave", ({ relatedTarget }) => { if (relatedTarget !== $shown) hide(); });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
  document.addEventListener("pointerdown", ({ target }) => { if ($shown && !$shown.contains(target) && !$tip.contains(target)) hide(); });
})();
