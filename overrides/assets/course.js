// The frame of the page: menu, colours, contents, the button to the top. Texts come from the
// page; without this file everything but the search and the switching of colours works.
// Popover attributes are set here and not in the HTML, where older validators reject them.
(() => {
  "use strict";

  const $html = document.documentElement;

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
    if (matchMedia("(min-width: 64em)").matches) requestAnimationFrame(show);
  }

  // A box that scrolls sideways must be reachable by key.
  for (const box of document.querySelectorAll(".course-page pre")) box.tabIndex = 0;

  // The colours: partials/first.html has set those that were chosen last.
  const palette = document.querySelector("[data-course-palette]");
  if (palette) {
    const other = () => ($html.dataset.scheme === "dark" ? "light" : "dark");
    const name = () => palette.setAttribute("aria-label", palette.getAttribute(`data-text-${other()}`));
    palette.addEventListener("click", () => {
      $html.dataset.scheme = other();
      try { localStorage.setItem("course-scheme", $html.dataset.scheme); } catch {} // for this page only
      name();
    });
    name();
  }

  // The search loads when it is first asked for; an address with ?mark=… asks for its words only.
  const search = document.querySelector("[data-course-search]");
  const load = (src) => {
    const script = document.createElement("script");
    script.src = src;
    document.head.append(script);
    return script;
  };
  if (search) {
    const { courseSearch, courseMark } = search.dataset;
    const dialog = document.querySelector(".search");
    let asked = false;
    search.addEventListener("click", () => {
      // Open at once, so that what is typed while the script loads finds its place.
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("input").select();
      if (asked) return;
      asked = true;
      load(courseSearch).onerror = () => {
        asked = false;
        dialog.querySelector("[role=status]").textContent = dialog.dataset.textFailed;
      };
    });
    dialog.addEventListener("submit", (event) => event.preventDefault());
    dialog.addEventListener("click", (event) => {
      // A link within this page leaves no trace of the dialog; a click beside it closes it, too.
      if (event.target === dialog || event.target.closest(".search-close, a")) dialog.close();
    });
    if (new URLSearchParams(location.search).has("mark")) load(courseMark);
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      // The field of a dialog that has just closed keeps the focus for a moment.
      const field = event.target.closest("textarea, input:not([type=radio], [type=checkbox])");
      if (field && !field.closest("dialog:not([open])")) return;
      event.preventDefault();
      search.click();
    });
  }

  // On wide screens the contents of the page mark where the reader is, and keep that in sight.
  const toc = document.querySelector(".course-toc");
  const parts = [...(toc ? toc.querySelectorAll("a") : [])].reverse();
  const place = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const wide = matchMedia("(min-width: 80em)");
  const follow = () => {
    if (!toc || !wide.matches) return;
    const { scrollHeight, clientHeight } = $html;
    const end = scrollY + clientHeight >= scrollHeight - 1;
    const edge = parseFloat(getComputedStyle($html).scrollPaddingTop) + 1;
    const reached = (box) => box && (end || box.top <= edge);
    const now = scrollY > 0 && parts.find((link) => reached(place(link)?.getClientRects()[0]));
    const before = toc.querySelector("[aria-current]");
    if (now === before) return;
    if (before) before.removeAttribute("aria-current");
    if (!now) return;
    now.setAttribute("aria-current", "location");
    toc.scrollTop = now.offsetTop - toc.clientHeight / 2;
  };

  // Who scrolls up may want the top.
  const $top = document.querySelector("[data-course-top]");
  let before = 0;
  const offer = () => {
    $top.hidden = !(scrollY > 0 && scrollY < before);
    before = scrollY;
  };
  $top.addEventListener("click", () => {
    scrollTo({ top: 0 });
    document.getElementById("content").focus({ preventScroll: true });
  });

  let frame = 0;
  const look = () => {
    frame = 0;
    follow();
    offer();
  };
  const lookSoon = () => { frame ||= requestAnimationFrame(look); };
  addEventListener("scroll", lookSoon, { passive: true });
  addEventListener("resize", lookSoon);
  if (wide.matches) lookSoon();
})();
