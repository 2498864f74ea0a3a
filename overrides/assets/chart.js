/*
 * A walk through a decision chart, one question at a time. Comes in: fragments/chart.html, the
 * whole chart, complete without this script; the walk is made of copies of its boxes and labels.
 */
(() => {
  "use strict";

  function enhance($chart) {
    const find = (selector) => $chart.querySelector(selector);
    const [$start, $walk, $now, $trail, $choices, $status] = ["start", "walk", "now", "trail", "choices"].map((name) => find(`.chart-${name}`)).concat(find("[role=status]"));
    const [$back, $again] = ["back", "again"].map((name) => find(`[data-action=${name}]`));
    const first = find(".chart-box").id;
    /** The answers given: list items of the chart. */
    const path = [];

    const boxOf = ($answer) => document.getElementById($answer ? $answer.dataset.next : first);
    const copies = ($part) => $part.cloneNode(true).childNodes;
    const words = ($part) => $part.textContent.replace(/\s+/g, " ").trim();

    /** The place on the way so far: the box, its answers to choose from, the trail behind. */
    function show() {
      const $box = boxOf(path.at(-1));
      const $next = $box.nextElementSibling;
      $now.className = `${$box.className} chart-now`;
      $now.replaceChildren(...copies($box));
      $now.setAttribute("aria-label", words($box));
      $choices.replaceChildren(...Array.from($next ? $next.children : [], choice));
      $trail.replaceChildren(...path.map(passed));
      $back.hidden = $again.hidden = find(".chart-trail-title").hidden = !path.length;
      $now.focus();
      $now.scrollIntoView({ block: "nearest" });
    }

    function choice($answer) {
      const $item = document.createElement("li");
      const $button = document.createElement("button");
      $button.type = "button";
      $button.className = "chart-choice";
      $button.append(words($answer.querySelector(".chart-label")));
      $button.addEventListener("click", () => {
        path.push($answer);
        show();
        const mark = words(boxOf($answer).querySelector(".chart-number"));
        $status.textContent = $chart.dataset.textSaid.replace("{answer}", $button.textContent).replace("{mark}", mark);
      });
      $item.append($button);
      return $item;
    }

    /** A question behind us, with the answer that was given. */
    function passed($answer, index) {
      const $item = document.createElement("li");
      const $question = document.createElement("span");
      $question.append(...copies(boxOf(path[index - 1]).querySelector(".chart-text > p")));
      $item.append($question, $answer.querySelector(".chart-label").cloneNode(true));
      return $item;
    }

    function whole() {
      $chart.classList.remove("chart-walking");
      $walk.hidden = true;
      $start.hidden = false;
      $status.textContent = $chart.dataset.textShown;
      $start.firstElementChild.focus();
    }

    function restart() {
      path.length = 0;
      $status.textContent = "";
      show();
    }

    $start.firstElementChild.addEventListener("click", () => {
      $chart.classList.add("chart-walking");
      $walk.hidden = false;
      $start.hidden = true;
      restart();
    });
    $back.addEventListener("click", () => {
      path.pop();
      $status.textContent = "";
      show();
    });
    $again.addEventListener("click", restart);
    find("[data-action=whole]").addEventListener("click", whole);
    $walk.addEventListener("keydown", ({ key }) => { if (key === "Escape") whole(); });
    // A link to a box of the chart leads to the chart.
    addEventListener("hashchange", () => { if (!$walk.hidden && find(`.chart-whole [id="${CSS.escape(location.hash.slice(1))}"]`)) { whole(); document.getElementById(location.hash.slice(1)).scrollIntoView(); } });
    $start.hidden = false;
  }

  for (const $chart of document.querySelectorAll(".chart")) {
    try {
      enhance($chart);
    } catch (error) {
      reportError(error);
    }
  }
})();
