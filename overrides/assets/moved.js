/*
 * At the old address of a page: goes on to the new one (data-target), and takes along what stands
 * behind ? and #. A folder opened from the disk has no page of its own, so the file is named.
 */
(() => {
  "use strict";

  const { target } = document.currentScript.dataset;
  const file = location.protocol === "file:" && target.endsWith("/") ? "index.html" : "";
  location.replace(target + file + location.search + location.hash);
})();
