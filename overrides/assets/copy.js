/*
 * A button to copy each template and example of the page. Comes in: blocks of Markdown, and the
 * texts at the page's status line.
 */
(() => {
  "use strict";

  const $status = document.querySelector(".copy-status");
  if (!$status || !navigator.clipboard) return;

  /** The block's text as it is pasted into a mail: without its title and the button. */
  function text($block) {
    return Array.from($block.querySelectorAll(":scope > :not(.admonition-title, .copy-actions)"), ($part) => $part.innerText.trim()).join("\n\n");
  }

  for (const $block of document.querySelectorAll(".template, .example")) {
    const $button = document.createElement("button");
    $button.type = "button";
    $button.className = "copy-button";
    $button.textContent = $status.dataset.copy;
    $button.setAttribute("aria-label", `${$status.dataset.copy}: ${$block.querySelector(".admonition-title").textContent}`);
    $button.addEventListener("click", async () => {
      let said = $status.dataset.copied;
      try {
        await navigator.clipboard.writeText(text($block));
      } catch {
        said = $status.dataset.failed;
      }
      $status.textContent = said;
      $button.textContent = said;
    });
    const $actions = document.createElement("p");
    $actions.className = "copy-actions";
    $actions.append($button);
    $block.append($actions);
  }
})();
