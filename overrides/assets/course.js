// Small helpers for the frame of the page. Texts come from the page; without this file
// everything but the search and the switching of colours works.
// Popover attributes are set here and not in the HTML, where older validators reject them.
(() => {
  "use strict";

  // Material's script fetches a sitemap for every link[rel=alternate], under this course's
  // public address, whatever host the page is read from. It matches the attribute as a whole,
  // so a second word keeps it quiet; for everybody else the link means what it meant.
  for (const link of document.querySelectorAll("link[rel=alternate]")) {
    link.relList.add("translation");
  }

  // The menu: a native popover, which brings Esc, a tap outside, focus and its state along.
  const menu = document.getElementById("course-nav");
  if (menu && "popover" in menu) {
    menu.popover = "auto";
    for (const button of document.querySelectorAll("[data-course-menu]")) {
      button.popoverTargetElement = menu;
      button.popoverTargetAction = button.dataset.courseMenu || "toggle";
    }
  }

  // Wherever the list of pages shows, the page that is open is in sight.
  const here = menu && menu.querySelector("[aria-current]");
  if (here) {
    const show = () => { menu.scrollTop = here.offsetTop - menu.clientHeight / 2; };
    menu.addEventListener("toggle", show);
    show();
  }

  // A box that scrolls sideways must be reachable by key.
  for (const box of document.querySelectorAll(".course-page pre")) box.tabIndex = 0;

  // One button for the two radio buttons in which Material keeps the choice of colours.
  const palette = document.querySelector("[data-course-palette]");
  const schemes = [...document.querySelectorAll("[data-md-component=palette] input")];
  if (palette && schemes.length > 1) {
    const current = () => Math.max(0, schemes.findIndex(
      (input) => input.dataset.mdColorScheme === document.body.dataset.mdColorScheme));
    const name = () => palette.setAttribute("aria-label", schemes[current()].getAttribute("aria-label"));
    palette.addEventListener("click", () => schemes[(current() + 1) % schemes.length].click());
    new MutationObserver(name).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    name();
  }

  // The search loads when it is first asked for; an address with ?mark=… asks for its words only.
  const search = document.querySelector("[data-course-search]");
  const assets = new URL(".", document.currentScript.src);
  function load(script) {
    if (!document.querySelector("link[href$='assets/search.css']")) {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("search.css", assets);
      document.head.append(style);
    }
    const element = document.createElement("script");
    element.src = new URL(script, assets);
    document.head.append(element);
  }
  if (search) search.addEventListener("click", () => load("search.js"), { once: true });
  if (new URLSearchParams(location.search).has("mark")) load("mark.js");

  // Material turns the page at a single "n" or "p", even on a radio button: a trap for whoever
  // speaks to the computer or slips (WCAG 2.1.4). Only "/" stays, at every width.
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return;
    if ("fnps,.".includes(event.key)) event.stopImmediatePropagation();
    const types = event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
    if (event.key === "/" && search && !types) {
      event.preventDefault();
      event.stopImmediatePropagation();
      search.click();
    }
  }, true);
})();
