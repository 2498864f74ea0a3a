// Runs first: drops corrupt values under Material's own keys, on which its script would die.
(function () {
  var classes = document.documentElement.classList;
  classes.add("js-course");
  // What waits for a script (scenario.css) waits no longer than this.
  addEventListener("load", function () { classes.add("js-loaded"); });
  try {
    Object.keys(localStorage).forEach(function (key) {
      if (!/\.__[a-z]+$/.test(key)) return;
      try {
        var value = JSON.parse(localStorage[key]);
        if (/palette$/.test(key) && !(value && value.color && value.index >= 0)) throw 0;
      } catch (e) {
        localStorage.removeItem(key);
      }
    });
  } catch (e) {} // storage is blocked
})();
