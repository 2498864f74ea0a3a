/*
 * The player of a practice conversation. Comes in: what fragments/scenario.html renders, complete
 * without this script; all texts stand in its data-text-…, all steps in data-node, data-choice,
 * data-next. It plays in .scenario-stage with copies of that, and puts "scenario-enhanced" on
 * .scenario, which hides the script and the map. What is kept (courseRecord, `scenarios`) is the
 * path of choices; all that shows follows from it. With ?answers the page stays as it is and all
 * is open, for a trainer's print.
 */
(() => {
  "use strict";

  const record = { read: () => ({}), update() {}, listen() {}, now: Date.now, ...window.courseRecord };
  const SVG = "http://www.w3.org/2000/svg";

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const words = ($part) => ($part ? $part.textContent.replace(/\s+/g, " ").trim() : "");
  const signed = (value) => (value < 0 ? `\u2212${-value}` : `+${value}`);
  const weak = (grade) => grade === "risky" || grade === "damaging";

  function make(name, attributes, ...children) {
    const $element = attributes?.svg ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) if (key !== "svg") $element.setAttribute(key, value);
    $element.append(...children);
    return $element;
  }

  const draw = (name, attributes, ...children) => make(name, { svg: true, ...attributes }, ...children);

  /** What tells one state of a talk from another. */
  const sign = (state) => JSON.stringify(state ? [state.at, state.on, state.path] : []);

  /** A number for a text, the same at every visit. */
  function hash(text) {
    let value = 2166136261;
    for (const letter of text) value = Math.imul(value ^ letter.codePointAt(), 16777619);
    value = Math.imul(value ^ (value >>> 15), 2246822507);
    return (value ^ (value >>> 13)) >>> 0;
  }

  class Player {
    constructor($root) {
      this.$root = $root;
      this.texts = $root.dataset;
      this.id = $root.dataset.scenario;
      this.top = Number($root.dataset.top);
      this.$title = this.find(".scenario-title");
      this.$stage = this.find(".scenario-stage");
      this.$script = this.find(".scenario-script");
      this.level = Number(this.$title.tagName[1]) + 1;
      this.places = new Map(this.all("[data-node], [data-ending]").map(($place) => [$place.dataset.node ?? $place.dataset.ending, $place]));
      this.gauges = this.all("[data-gauge]").map(({ dataset }) => ({ id: dataset.gauge, name: dataset.name, start: Number(dataset.start) }));
      this.state = null;
      /** What of the record shows. */
      this.shown = null;
    }

    find(selector, $in = this.$root) {
      return $in.querySelector(selector);
    }

    all(selector) {
      return Array.from(this.$root.querySelectorAll(selector));
    }

    start() {
      this.$note = make("p", { class: "scenario-note" });
      this.$meters = make("ul", { class: "scenario-meters", "aria-label": words(this.find(".scenario-gauges-title")) });
      this.$play = make("div", { class: "scenario-play" });
      this.$live = make("p", { class: "scenario-offscreen", role: "status" });
      this.$stage.append(this.$note, this.$meters, this.$play, this.$live);
      this.$switch = this.button("", () => this.asText(this.$root.matches(".scenario-enhanced"), true));
      this.$stage.after(make("p", { class: "scenario-switch" }, this.$switch));
      this.$play.addEventListener("keydown", (event) => this.key(event));
      this.load();
      record.listen(() => this.load());
      addEventListener("hashchange", () => this.follow());
      this.$stage.hidden = false;
      this.asText(false);
      this.follow();
    }

    /** A link to a section of the script opens the script. */
    follow() {
      const $target = document.getElementById(location.hash.slice(1));
      if (!$target || !this.$script.contains($target)) return;
      this.asText(true);
      $target.scrollIntoView();
      this.find(".scenario-heading", $target)?.focus({ preventScroll: true });
    }

    asText(shown, asked) {
      this.$root.classList.toggle("scenario-enhanced", !shown);
      this.$switch.textContent = shown ? this.texts.textPlay : this.texts.textText;
      if (!shown && asked && this.$script.contains(document.getElementById(location.hash.slice(1)))) {
        history.replaceState(null, "", location.pathname + location.search);
      }
      if (asked) this.$switch.scrollIntoView({ block: "nearest" });
    }

    /** Take over what is kept, unless it is what shows already. */
    load() {
      const kept = record.read().scenarios?.[this.id];
      if (this.shown === sign(kept)) return;
      const first = this.shown === null;
      this.shown = sign(kept);
      const focused = this.$stage.contains(document.activeElement);
      let note = "";
      this.state = null;
      if (Array.isArray(kept?.path)) {
        const { steps } = this.walk(kept.path);
        const whole = steps.length === kept.path.length;
        this.state = { ...kept, path: kept.path.slice(0, steps.length), on: kept.on || !whole };
        const { at } = this.walk(this.state.path);
        if (kept.stamp !== this.texts.stamp && kept.path.length) note = this.texts.textChanged;
        else if (first && !this.ends(at)) note = fill(this.texts.textResume, { number: steps.length + Number(this.state.on) });
      }
      this.$note.textContent = note;
      this.show();
      if (focused) this.$focus.focus();
    }

    keep() {
      record.update((all) => {
        all.scenarios ??= {};
        const old = all.scenarios[this.id];
        const endings = [...new Set([...(old?.endings ?? []), ...this.state.endings])].sort();
        all.scenarios[this.id] = { ...this.state, endings, done: endings.length > 0 };
      });
    }

    /** The learner's step: what it changes is kept, shown, told. */
    go(change) {
      const fresh = { path: [], on: true, endings: [], seed: Math.floor(Math.random() * 2 ** 31) };
      const state = { ...(this.state ?? fresh), ...change, stamp: this.texts.stamp };
      state.at = Math.max(record.now(), (this.state?.at ?? 0) + 1);
      const { at } = this.walk(state.path);
      if (state.on && this.ends(at)) state.endings = [...new Set([...state.endings, at])];
      this.state = state;
      this.shown = sign(state);
      this.$note.textContent = "";
      this.show();
      this.$focus.focus({ preventScroll: true });
      // What is new fits the window, or begins at its top.
      const $begins = state.on ? this.$focus : Array.from(this.$play.querySelectorAll(".scenario-own")).at(-1);
      for (const $part of [this.find(".scenario-controls", this.$play), $begins]) $part.scrollIntoView({ block: "nearest" });
      this.$live.textContent = this.said;
      this.keep();
    }

    ends(place) {
      return "ending" in this.places.get(place).dataset;
    }

    /** The steps along a path as far as it fits, where it leads, and the gauges there. */
    walk(path) {
      const steps = [];
      let at = this.texts.start;
      let values = this.gauges.map((gauge) => gauge.start);
      for (const id of path) {
        const $node = this.places.get(at);
        const $choice = Array.from($node.querySelectorAll("[data-choice]")).find(({ dataset }) => dataset.choice === id);
        if (!$choice) break;
        const effects = JSON.parse($choice.dataset.effects);
        const before = values;
        values = values.map((value, index) => Math.min(this.top, Math.max(0, value + (effects[this.gauges[index].id] ?? 0))));
        steps.push({ $node, $choice, before, values, grade: $choice.dataset.grade });
        at = $choice.dataset.next;
      }
      return { steps, at, values };
    }

    show() {
      const { steps, at, values } = this.walk(this.state?.path ?? []);
      const last = steps.at(-1);
      const reacts = Boolean(this.state) && !this.state.on && last;
      const ended = Boolean(this.state) && !reacts && this.ends(at);
      this.said = "";
      const $turns = steps.map((step) => this.turn(step));
      this.showMeters(values, reacts ? last.before : values);
      const $rest = [];
      if (!this.state) $rest.push(this.controls([this.texts.textBegin, () => this.go({})]));
      else if (reacts) {
        this.said = [this.said, ...this.moves(last)].join(" ");
        $rest.push(this.controls([this.texts.textOn, () => this.go({ on: true })]));
      } else if (ended) $rest.push(...this.debrief(steps, this.places.get(at)));
      else {
        const $client = this.client(this.places.get(at));
        $rest.push(make("div", { class: "scenario-turn" }, $client, ...this.choices(this.places.get(at), steps.length + 1)), this.controls());
      }
      this.$play.replaceChildren(...$turns, ...$rest);
      if (!this.state) this.$focus = this.find("button", this.$play);
      this.$note.hidden = !this.$note.textContent;
      this.$meters.hidden = !this.state || ended;
      this.light(ended ? steps : [], at);
      this.$root.classList.toggle("scenario-begun", Boolean(this.state));
    }

    button(text, action, name = "scenario-button") {
      const $button = make("button", { type: "button", class: name }, text);
      // The second click of a double one meant the button that was here before.
      $button.addEventListener("click", ({ detail }) => { if (detail < 2) action(); });
      return $button;
    }

    controls(main) {
      const $controls = make("p", { class: "scenario-controls" });
      if (main) $controls.append(this.button(...main, "scenario-button scenario-button-main"));
      if (this.state?.path.length) $controls.append(this.button(this.texts.textBack, () => this.go({ path: this.state.path.slice(0, -1), on: true })));
      return $controls;
    }

    /** A copy of what the client shows and says; the last one made gets the focus. */
    client($part, selector = ".scenario-client") {
      const $client = this.find(selector, $part).cloneNode(true);
      const $mood = this.find(".scenario-mood-word", $client);
      const name = `${this.texts.client}: ${words($mood)}`;
      $mood.textContent = name;
      this.find(".scenario-who", $client)?.remove();
      for (const [key, value] of Object.entries({ role: "group", "aria-label": name, tabindex: -1 })) $client.setAttribute(key, value);
      this.$focus = $client;
      const told = [".scenario-look", ".scenario-says", ".scenario-reaction"];
      this.said = [`${name}.`, ...told.map((each) => words(this.find(each, $client)))].filter(Boolean).join(" ");
      return $client;
    }

    turn({ $node, $choice }) {
      const $own = make("div", { class: "scenario-own" }, make("p", { class: "scenario-who" }, this.texts.textSaid), this.find(".scenario-text", $choice).cloneNode(true));
      const $before = this.client($node);
      return make("div", { class: "scenario-turn" }, $before, $own, this.client($choice, ".scenario-reply"), this.why($choice));
    }

    why($choice) {
      const $why = make("details", { class: "scenario-feedback" }, make("summary", {}, this.texts.textWhy));
      $why.append(this.find(".scenario-comment", $choice).cloneNode(true));
      return $why;
    }

    choices($node, number) {
      const id = `${this.$root.id}-turn`;
      const order = ({ dataset }) => hash(`${this.state.seed} ${$node.dataset.node} ${dataset.choice}`);
      const $choices = Array.from($node.querySelectorAll("[data-choice]")).sort((a, b) => order(a) - order(b));
      const $buttons = $choices.map(($choice, index) => {
        const { choice } = $choice.dataset;
        const $button = this.button("", () => this.go({ path: [...this.state.path, choice], on: false }), "scenario-answer");
        $button.setAttribute("aria-keyshortcuts", index + 1);
        $button.append(make("span", { class: "scenario-key", "aria-hidden": "true" }, index + 1), make("span", {}, words(this.find(".scenario-text", $choice))));
        return $button;
      });
      return [
        make("p", { class: "scenario-choose", id }, fill(this.texts.textTurn, { number })),
        make("div", { class: "scenario-answers", role: "group", "aria-labelledby": id }, ...$buttons),
      ];
    }

    /** 1 to 4 choose, while the focus is in the choices. */
    key(event) {
      const $answers = event.target.closest(".scenario-answers");
      if (!$answers || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^[1-9]$/.test(event.key)) $answers.children[event.key - 1]?.click();
    }

    gauge(index, value, text = this.texts.textGauge) {
      return fill(text, { name: this.gauges[index].name, value, top: this.top });
    }

    /** What a step moved, in sentences. */
    moves({ before, values }) {
      return values.map((value, index) => value !== before[index] && this.move(index, value, before[index])).filter(Boolean);
    }

    move(index, value, before) {
      return this.gauge(index, value, value > before ? this.texts.textRose : this.texts.textFell);
    }

    showMeters(values, before) {
      this.$meters.replaceChildren(...values.map((value, index) => {
        const $bar = make("span", { class: "scenario-bar", "aria-hidden": "true" }, make("span"));
        $bar.firstChild.style.inlineSize = `${(100 * value) / this.top}%`;
        const $meter = make("li", {}, make("span", {}, this.gauge(index, value)), $bar);
        const by = value - before[index];
        if (by) $meter.firstChild.append(" ", make("strong", { "aria-hidden": "true" }, signed(by)), make("span", { class: "scenario-offscreen" }, this.move(index, value, before[index])));
        return $meter;
      }));
    }

    heading(text) {
      return make(`h${this.level + 1}`, { class: "scenario-heading" }, text);
    }

    debrief(steps, $ending) {
      const $end = $ending.cloneNode(true);
      for (const $part of [$end, ...$end.querySelectorAll("[id]")]) $part.removeAttribute("id");
      $end.removeAttribute("aria-labelledby");
      this.$focus = this.find(".scenario-heading", $end);
      this.said = `${this.texts.textEnded} ${words(this.find(".scenario-outcome", $end))}`;
      const $parts = [$end, this.heading(this.texts.textPath), make("p", {}, this.texts.textLit)];
      if (steps.every(({ grade }) => grade === "best")) $parts.push(make("p", {}, this.texts.textTurningNone));
      $parts.push(make("ol", { class: "scenario-path" }, ...steps.map((step, index) => this.decision(step, index, steps[index - 1]))));
      $parts.push(this.heading(this.texts.textChart), this.chart(steps), this.table(steps));
      const links = new Map(steps.filter(({ grade }) => grade !== "best").map(({ $choice }) => this.find(".scenario-section a", $choice)).map(($link) => [$link.href, $link]));
      if (links.size) $parts.push(this.heading(this.texts.textReread), make("ul", { class: "scenario-reread" }, ...Array.from(links.values(), ($link) => make("li", {}, $link.cloneNode(true)))));
      const $controls = this.controls();
      $controls.prepend(this.button(this.texts.textAgain, () => this.go({ path: [], on: true, seed: hash(String(this.state.seed)) >>> 1 }), "scenario-button scenario-button-main"));
      return [make("div", { class: "scenario-looking" }, ...$parts), $controls];
    }

    /** A decision on the way; where the talk turned, with the reason. */
    decision({ $node, $choice, grade }, index, before) {
      const recovered = before && weak(before.grade) && !weak(grade);
      const turning = weak(grade) || recovered;
      const $item = make("li", { class: turning ? "scenario-turning" : "" });
      const $grade = this.find(".scenario-grade", $choice).cloneNode(true);
      $item.append(make("p", {}, make("strong", {}, $node.dataset.title)), $grade);
      if (turning) $grade.append(` \u00b7 ${recovered ? this.texts.textRecovered : this.texts.textTurning}`);
      const $own = make("div", { class: "scenario-own" }, this.find(".scenario-text", $choice).cloneNode(true));
      $item.append($own);
      if (turning) $item.append(this.find(".scenario-why", $choice).cloneNode(true));
      const $button = this.button(this.texts.textOther, () => this.go({ path: this.state.path.slice(0, index), on: true }));
      $button.append(make("span", { class: "scenario-offscreen" }, `: ${$node.dataset.title}`));
      $item.append($button);
      return $item;
    }

    /** The gauges over the talk; the table says the same in words. */
    chart(steps) {
      const rows = this.rows(steps);
      const x = (step) => 22 + (step * 286) / (rows.length - 1);
      const y = (value, index = 0) => 124 - (value * 108) / this.top - index * 3;
      const $chart = draw("svg", { class: "scenario-chart", viewBox: "0 0 320 152", "aria-hidden": "true" });
      for (const value of [0, this.top / 2, this.top]) $chart.append(draw("path", { class: "scenario-grid", d: `M22 ${y(value)}H308` }), draw("text", { x: 8, y: y(value) + 4 }, value));
      rows.forEach((_, step) => $chart.append(draw("text", { x: x(step), y: 146 }, step)));
      const $key = make("ul", { class: "scenario-legend" });
      this.gauges.forEach(({ name }, index) => {
        const line = (points) => draw("g", { class: `scenario-line scenario-line-${index + 1}` }, draw("path", { d: `M${points.map((point) => point.join(" ")).join("L")}` }), ...points.map(([left, high]) => this.point(index, left, high)));
        $chart.append(line(rows.map((values, step) => [x(step), y(values[index], index)])));
        $key.append(make("li", {}, draw("svg", { class: "scenario-sample", viewBox: "0 0 44 12", "aria-hidden": "true" }, line([[4, 6], [40, 6]])), name));
      });
      return make("div", { class: "scenario-figure" }, $chart, $key);
    }

    point(index, x, y) {
      return index === 1 ? draw("rect", { x: x - 4, y: y - 4, width: 8, height: 8 }) : draw("circle", { cx: x, cy: y, r: index ? 2.5 : 4.5 });
    }

    rows(steps) {
      return [steps[0].before, ...steps.map(({ values }) => values)];
    }

    table(steps) {
      const row = (head, cells, name) => make("tr", {}, head, ...cells.map((cell) => make(name, name === "th" ? { scope: "col" } : {}, cell)));
      const $body = this.rows(steps).map((values, step) => row(make("th", { scope: "row" }, step ? fill(this.texts.textChartStep, { number: step }) : this.texts.textChartStart), values, "td"));
      const $head = row(make("td"), this.gauges.map(({ name }) => name), "th");
      return make("details", { class: "scenario-feedback" }, make("summary", {}, this.texts.textChartTable), make("table", {}, make("thead", {}, $head), make("tbody", {}, ...$body)));
    }

    /** The path taken on the map, which shows at the end. */
    light(steps, at) {
      const edges = steps.map(({ $node, $choice }) => `${$node.dataset.node}/${$choice.dataset.choice}`);
      const spots = steps.map(({ $node }) => $node.dataset.node).concat(at);
      this.all("[data-edge], [data-item-edge], [data-spot]").forEach(($part) => {
        const { edge, itemEdge, spot } = $part.dataset;
        $part.classList.toggle("scenario-lit", steps.length > 0 && (edges.includes(edge ?? itemEdge) || spots.includes(spot)));
      });
      this.$root.classList.toggle("scenario-debriefed", steps.length > 0);
    }
  }

  const answers = new URLSearchParams(location.search).has("answers");
  for (const $root of document.querySelectorAll(".scenario")) {
    try {
      if (answers) $root.querySelectorAll("details").forEach(($details) => { $details.open = true; });
      else new Player($root).start();
    } catch (error) {
      $root.classList.remove("scenario-enhanced");
      $root.querySelector(".scenario-stage").hidden = true;
      reportError(error);
    }
  }
})();
