/*
 * The self-check, enhanced: checks answers, shows feedback, sums up, and keeps the answers in
 * the learner's record (record.js), or for the visit without one. Comes in: the form of
 * fragments/quiz.html, complete without this script; all texts stand in its data-text-…
 */
(function () {
  "use strict";

  const record = {
    read: () => ({ questions: {}, quizzes: {} }),
    update() {},
    answered() {},
    now: Date.now,
    ...window.courseRecord,
  };

  // For trainers: all answers open, on paper, too.
  if (new URLSearchParams(location.search).has("answers")) document.body.classList.add("quiz-show-answers");
  const showAnswers = document.body.classList.contains("quiz-show-answers");

  /** What every question does; each type says what an answer is and what follows from it. */
  class Question {
    /**
     * @param {HTMLElement} $root - the list item
     * @param {DOMStringMap} texts - the form's texts
     */
    constructor($root, texts) {
      this.$root = $root;
      this.texts = texts;
      this.id = $root.dataset.question;
      this.scored = $root.dataset.scored !== "false";
      this.$number = this.find(".quiz-number");
      this.$error = this.find(".quiz-error");
      this.$changed = this.find(".quiz-changed");
      this.$outcome = this.find(".quiz-outcome");
      this.$answer = this.find(".quiz-answer");
      this.$check = this.find('[data-action="check"]');
      this.$sure = this.all(".quiz-sure input");
      this.$controls = this.all("input, select, textarea").filter(
        ($control) => !$control.closest(".quiz-sure, .quiz-rubric, .quiz-answer") && $control.type !== "number"
      );
      this.errorText = this.$error.textContent;
      this.checkText = this.$check.firstChild.textContent;
      this.$options = this.all(".quiz-option, .quiz-choices > li");
    }

    find(selector) {
      return this.$root.querySelector(selector);
    }

    all(selector) {
      return Array.from(this.$root.querySelectorAll(selector));
    }

    /** What the record keeps, or null. */
    get answer() {
      return null;
    }

    set answer(answer) {}

    get complete() {
      return this.answer !== null;
    }

    /** @returns {number} credit, 0 to 1 */
    judge() {
      return 0;
    }

    get sure() {
      const $chosen = this.$sure.find(($input) => $input.checked);
      return $chosen ? Number($chosen.value) : null;
    }

    set sure(value) {
      this.$sure.forEach(($input) => { $input.checked = $input.value === String(value); });
    }

    /** Where answering begins, in the order that is shown. */
    get $first() {
      return this.$root.querySelector(".quiz-main :is(input, select, textarea)");
    }

    get missed() {
      return this.scored && this.checked && this.credit < 1;
    }

    /** Why the answer cannot be checked yet, or "". */
    problem() {
      return this.complete ? "" : this.errorText;
    }

    /** @param {string} message */
    showError(message) {
      this.$error.textContent = message;
      this.$error.hidden = false;
      this.$root.classList.add("quiz-question-error");
      this.$controls.forEach(($control) => $control.setAttribute("aria-invalid", "true"));
    }

    hideError() {
      this.$error.hidden = true;
      this.$root.classList.remove("quiz-question-error");
      this.$controls.forEach(($control) => $control.removeAttribute("aria-invalid"));
    }

    /** The learner changed something. */
    edited() {
      this.$changed.hidden = true;
    }

    /**
     * Show what follows from the answer.
     * @param {?number} [credit] - the record's; otherwise the answer is judged
     */
    settle(credit) {
      this.hideError();
      this.checked = true;
      this.credit = this.scored ? (credit ?? Math.round(this.judge() * 100) / 100) : null;
      this.$root.classList.add("quiz-question-checked");
      this.$root.classList.toggle("quiz-question-sure-wrong", this.missed && this.sure === 2);
      this.lock(true);
      this.reply();
    }

    lock(locked) {
      // Nobody could get into a disabled text to read it.
      this.$controls.concat(this.$sure).forEach(($control) => {
        $control[$control.matches("textarea, [type=text]") ? "readOnly" : "disabled"] = locked;
      });
      this.$check.setAttribute("aria-disabled", String(locked));
      this.$check.firstChild.textContent = locked ? this.texts.textChecked : this.checkText;
    }

    reply() {
      this.showOutcome();
    }

    /** Say how the whole answer is. */
    showOutcome(id) {
      this.addReply(this.$outcome, kindOf(this.credit), "", id);
      this.$outcome.hidden = false;
    }

    /**
     * @param {HTMLElement} $place
     * @param {string} kind - right, partly, wrong or missed
     * @param {string} [text] - the verdict
     * @param {string} [id] - whose feedback to repeat
     */
    addReply($place, kind, text, id) {
      const $reply = element("div", "quiz-reply");
      const $verdict = element("p", `quiz-verdict quiz-verdict-${kind}`);
      $verdict.append(element("span", "", text || this.texts[`text${capital(kind)}`]));
      $reply.append($verdict);
      if (id) $reply.append(this.find(`[data-feedback="${id}"] .quiz-feedback`).cloneNode(true));
      // What is hidden must not be read out.
      if (!this.$root.matches(".quiz-question-sure-wrong")) $reply.querySelectorAll(".quiz-more").forEach(($more) => $more.remove());
      $place.classList.add(`quiz-is-${kind}`);
      $place.append($reply);
    }

    /** What a screen reader hears after the check. */
    get said() {
      return textOf([this.$number, this.$outcome, ...this.all(":not(.quiz-outcome) > .quiz-reply")]);
    }

    clear() {
      this.uncheck();
      this.hideError();
      this.edited();
      this.answer = null;
      this.sure = null;
      if (this.$answer) this.$answer.open = showAnswers;
    }

    /** The answer stays. */
    uncheck() {
      this.checked = false;
      this.credit = null;
      this.$root.classList.remove("quiz-question-checked", "quiz-question-sure-wrong");
      this.lock(false);
      this.all(".quiz-reply").forEach(($reply) => {
        $reply.parentElement.classList.remove("quiz-is-right", "quiz-is-partly", "quiz-is-wrong", "quiz-is-missed");
        $reply.remove();
      });
      this.$outcome.hidden = true;
    }

    /** @param {object} [entry] - what the record holds, perhaps of an older question */
    restore(entry) {
      if (!entry) return;
      const answered = Boolean(entry.answer);
      if (entry.stamp === this.$root.dataset.stamp) {
        this.sure = entry.sure;
        if (answered) this.answer = entry.answer;
        if (!entry.done) return;
        if (this.complete) return this.settle(entry.credit);
      }
      this.clear();
      this.$changed.hidden = !answered;
    }

    /** @param {number} seed - the same within an attempt */
    shuffle(seed) {
      if (this.$root.dataset.shuffle !== "true" || !this.$options.length) return;
      const $mark = document.createComment("");
      this.$options[0].before($mark);
      // By their ids first: a new order in the data must not change that on the page.
      this.$options = shuffled(this.$options, idOf, seed + hash(this.id));
      $mark.replaceWith(...this.$options);
    }
  }

  /** One of several options. */
  class SingleChoice extends Question {
    get chosen() {
      return this.$controls.filter(($input) => $input.checked).map(($input) => $input.value);
    }

    get answer() {
      return this.chosen[0] ?? null;
    }

    set answer(answer) {
      this.$controls.forEach(($input) => { $input.checked = [].concat(answer).includes($input.value); });
    }

    judge() {
      return this.$options.some(($option) => isKey($option) && this.chosen.includes(idOf($option))) ? 1 : 0;
    }

    /** The right answer is not given away. */
    reply() {
      this.$options.forEach(($option) => {
        const kind = this.kindOf($option);
        if (kind) this.addReply($option, kind, "", idOf($option));
      });
    }

    kindOf($option) {
      if (!this.chosen.includes(idOf($option))) return "";
      return isKey($option) ? "right" : "wrong";
    }
  }

  /** As many of the options as the question says. */
  class MultipleChoice extends SingleChoice {
    get answer() {
      return this.chosen.length ? this.chosen : null;
    }

    set answer(answer) {
      super.answer = answer;
    }

    get complete() {
      return this.chosen.length === Number(this.$root.dataset.chooses);
    }

    judge() {
      const keys = this.$options.filter(isKey).map(idOf);
      const right = this.chosen.filter((id) => keys.includes(id)).length;
      return Math.max(0, (right - (this.chosen.length - right)) / keys.length);
    }

    kindOf($option) {
      return super.kindOf($option) || (isKey($option) ? "missed" : "");
    }

    get said() {
      const partly = this.credit < 1 && this.find(".quiz-is-right");
      return `${partly ? `${this.texts.textPartly}. ` : ""}${super.said}`;
    }
  }

  /** The best and the worst of several ways, which are graded. */
  class BestWorst extends Question {
    /** The option chosen as `role`, best or worst. */
    chosen(role) {
      return this.$options.find(($option) => this.$controls.some(
        ($input) => $input.checked && $input.name === `${this.id}-${role}` && $input.value === idOf($option)
      ));
    }

    get answer() {
      const answer = {};
      ROLES.forEach((role) => { if (this.chosen(role)) answer[role] = idOf(this.chosen(role)); });
      return answer.best || answer.worst ? answer : null;
    }

    set answer(answer) {
      this.$controls.forEach(($input) => {
        $input.checked = Boolean(answer) && answer[$input.name.slice(this.id.length + 1)] === $input.value;
      });
    }

    get complete() {
      return ROLES.every((role) => this.chosen(role)) && this.chosen("best") !== this.chosen("worst");
    }

    /** How good a choice was: 1, a half, or 0. */
    value(role) {
      const grade = ($option) => GRADES.indexOf($option.dataset.grade);
      const present = [...new Set(this.$options.map(grade))].sort().reverse();
      const chosen = grade(this.chosen(role));
      return [1, 0.5][role === "best" ? chosen : present.indexOf(chosen)] || 0;
    }

    judge() {
      return (this.value("best") + this.value("worst")) / 2;
    }

    reply() {
      ROLES.forEach((role) => {
        const $option = this.chosen(role);
        const label = $option.querySelector(`[name$="-${role}"] ~ label`).textContent;
        const text = `${label}: ${this.texts[`textGrade${capital($option.dataset.grade)}`]}`;
        this.addReply($option, kindOf(this.value(role)), text, idOf($option));
      });
      super.reply();
    }
  }

  /** Steps to put into order: by buttons, arrow keys on them, or dragging. */
  class Order extends Question {
    constructor($root, texts) {
      super($root, texts);
      this.$list = this.find(".quiz-steps");
      this.$initial = this.$steps;
      this.$root.addEventListener("keydown", (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by || !event.target.matches(".quiz-move")) return;
        event.preventDefault();
        this.move(event.target, by);
      });
      this.listenToDragging();
    }

    get $steps() {
      return Array.from(this.$list.children);
    }

    get $first() {
      return this.find(".quiz-move");
    }

    get answer() {
      return this.moved ? this.$steps.map((step) => step.dataset.step) : null;
    }

    set answer(answer) {
      const $steps = (answer || []).map((id) => this.$initial.find(($step) => $step.dataset.step === id));
      this.moved = new Set($steps).size === this.$initial.length && $steps.every(Boolean);
      this.$list.append(...(this.moved ? $steps : this.$initial));
      this.mark();
    }

    mark() {
      const $steps = this.$steps;
      $steps.forEach(($step, place) => $step.querySelectorAll(".quiz-move").forEach(($button) => {
        const end = $button.dataset.move === "up" ? 0 : $steps.length - 1;
        $button.setAttribute("aria-disabled", String(this.checked || place === end));
      }));
    }

    /** @param {HTMLElement} $button - keeps the focus, wherever its step goes */
    move($button, by = $button.dataset.move === "up" ? -1 : 1) {
      const $steps = this.$steps;
      const $step = $button.closest(".quiz-step");
      const $other = $steps[$steps.indexOf($step) + by];
      if (this.checked || !$other) return;
      $other[by < 0 ? "before" : "after"]($step);
      $button.focus();
      this.tell($step);
    }

    tell($step) {
      this.moved = true;
      this.mark();
      const detail = {
        step: $step.querySelector(".quiz-step-text").textContent,
        place: this.$steps.indexOf($step) + 1,
        total: this.$steps.length,
      };
      $step.dispatchEvent(new CustomEvent("quiz-moved", { bubbles: true, detail }));
    }

    listenToDragging() {
      let $dragged = null;
      let before = "";
      const order = () => this.$steps.map(idOf).join();
      this.$list.addEventListener("dragstart", (event) => {
        $dragged = event.target.closest?.(".quiz-step");
        if (!$dragged) return;
        before = order();
        event.dataTransfer.setData("text/plain", ""); // Firefox drags nothing without data
        $dragged.classList.add("quiz-step-dragged");
      });
      this.$list.addEventListener("dragover", (event) => {
        const $step = event.target.closest(".quiz-step");
        if (!$dragged || !$step) return;
        event.preventDefault();
        const { top, height } = $step.getBoundingClientRect();
        if ($step !== $dragged) $step[event.clientY < top + height / 2 ? "before" : "after"]($dragged);
      });
      this.$list.addEventListener("drop", (event) => event.preventDefault());
      this.$list.addEventListener("dragend", () => {
        if (!$dragged) return;
        $dragged.classList.remove("quiz-step-dragged");
        if (order() !== before) this.tell($dragged);
        $dragged = null;
      });
    }

    lock(locked) {
      super.lock(locked);
      this.$steps.forEach(($step) => { $step.draggable = !locked; });
      this.mark();
    }

    judge() {
      const off = this.$steps.reduce((sum, $step, index) => sum + Math.abs(index + 1 - Number($step.dataset.place)), 0);
      return 1 - off / Math.floor(this.$steps.length ** 2 / 2);
    }

    reply() {
      this.$steps.forEach(($step, index) => {
        const kind = Number($step.dataset.place) === index + 1 ? "right" : "wrong";
        this.addReply($step, kind, this.texts[kind === "right" ? "textPlaced" : "textMisplaced"]);
      });
      super.reply();
    }
  }

  /** To each prompt one of the choices, which bear letters. */
  class Match extends Question {
    constructor($root, texts) {
      super($root, texts);
      this.$prompts = this.all(".quiz-prompt");
    }

    get answer() {
      const chosen = this.$controls.filter(($select) => $select.value);
      const promptOf = ($select) => $select.closest(".quiz-prompt").dataset.prompt;
      return chosen.length ? Object.fromEntries(chosen.map(($select) => [promptOf($select), $select.value])) : null;
    }

    set answer(answer) {
      this.$prompts.forEach(($prompt) => {
        $prompt.querySelector("select").value = (answer && answer[$prompt.dataset.prompt]) || "";
      });
    }

    get complete() {
      return this.$controls.every(($select) => $select.value);
    }

    /** The letters follow the new order. */
    shuffle(seed) {
      const answer = this.answer;
      super.shuffle(seed);
      this.$controls.forEach(($select) => {
        Array.from($select.options).slice(1).forEach(($item, index) => { $item.value = idOf(this.$options[index]); });
      });
      this.answer = answer;
    }

    fits($prompt) {
      return $prompt.querySelector("select").value === $prompt.dataset.key;
    }

    judge() {
      return this.$prompts.filter(($prompt) => this.fits($prompt)).length / this.$prompts.length;
    }

    reply() {
      this.$prompts.forEach(($prompt) => {
        this.addReply($prompt, kindOf(this.fits($prompt)), "", $prompt.dataset.prompt);
      });
      super.reply();
    }
  }

  /** What the learner writes. */
  class Writing extends Question {
    get text() {
      return this.$controls[0].value;
    }

    get answer() {
      return this.text.trim() ? { text: this.text } : null;
    }

    set answer(answer) {
      this.$controls[0].value = answer ? answer.text : "";
    }
  }

  /** A missing word. A slip of the pen is pointed out once. */
  class FillIn extends Writing {
    get accepted() {
      return JSON.parse(this.$controls[0].dataset.answers).map(fold);
    }

    judge() {
      return this.accepted.includes(fold(this.text)) ? 1 : 0;
    }

    problem() {
      const text = fold(this.text);
      const near = !this.judge() && this.accepted.some((word) => word.length >= 5 && distance(word, text) <= 2);
      if (!this.complete || !near || this.warned) return super.problem();
      this.warned = true;
      return this.texts.textNear;
    }

    clear() {
      super.clear();
      this.warned = false;
    }

    reply() {
      this.showOutcome(this.credit ? "answer" : "");
    }
  }

  /** A sentence in other words, compared by the learner. */
  class Rewrite extends Writing {
    constructor($root, texts) {
      super($root, texts);
      this.$rubric = this.all(".quiz-rubric input");
    }

    get answer() {
      const ticked = this.$rubric.filter(($input) => $input.checked).map(($input) => $input.value);
      return super.answer && { ...super.answer, rubric: ticked };
    }

    set answer(answer) {
      super.answer = answer;
      const ticked = (answer && answer.rubric) || [];
      this.$rubric.forEach(($input) => { $input.checked = ticked.includes($input.value); });
    }

    reply() {
      this.$answer.open = true;
    }

    get said() {
      return textOf([this.$number, this.find(".quiz-models")]);
    }
  }

  /** A thought, which can be changed at any time. */
  class Reflection extends Writing {
    edited() {
      super.edited();
      if (this.checked) this.uncheck();
    }

    lock(locked) {
      super.lock(locked);
      this.$controls[0].readOnly = false;
      if (locked) this.$check.firstChild.textContent = this.texts.textKept;
    }

    reply() {
      if (this.$answer) this.$answer.open = true;
    }

    get said() {
      return textOf([this.$check, this.find(".quiz-answer .quiz-feedback")]);
    }
  }

  const TYPES = {
    single: SingleChoice,
    "true-false": SingleChoice,
    multiple: MultipleChoice,
    "best-worst": BestWorst,
    order: Order,
    match: Match,
    "fill-in": FillIn,
    rewrite: Rewrite,
    reflection: Reflection,
  };
  const ROLES = ["best", "worst"];
  const GRADES = ["best", "acceptable", "risky", "damaging"];

  /** A whole self-check. */
  class Quiz {
    /** @param {HTMLFormElement} $form */
    constructor($form) {
      this.$form = $form;
      this.texts = $form.dataset;
      this.name = $form.dataset.quiz;
      this.$status = $form.querySelector(".quiz-status");
      this.$errors = $form.querySelector(".quiz-errors");
      this.$score = $form.querySelector(".quiz-score");
      this.$result = $form.querySelector('[data-action="result"]');
      this.questions = Array.from($form.querySelectorAll(".quiz-question"), ($root) => new TYPES[$root.dataset.type]($root, this.texts));
      // Asks again what was answered elsewhere, and keeps no attempt.
      this.review = this.name === "review";
      this.drawn = $form.dataset.draw ? JSON.parse($form.dataset.draw) : null;
    }

    start() {
      this.load();
      // Back from another page: what the browser kept of this one may be out of date.
      addEventListener("pageshow", ({ persisted }) => {
        if (persisted) this.review ? location.reload() : this.load();
      });
      this.$form.addEventListener("submit", (event) => event.preventDefault());
      this.$form.addEventListener("click", (event) => {
        const $button = event.target.closest("[data-action], .quiz-move");
        if ($button) this.act($button);
      });
      this.$form.addEventListener("input", (event) => this.changed(this.of(event.target)));
      this.$form.addEventListener("quiz-moved", (event) => {
        this.say(fill(this.texts.textMoved, event.detail));
        this.changed(this.of(event.target));
      });
    }

    of($element) {
      return this.questions.find((question) => question.$root.contains($element));
    }

    act($button) {
      const action = $button.dataset.action;
      const question = this.of($button);
      if ($button.matches(".quiz-move")) question.move($button);
      if (action === "check") this.checkOne(question);
      if (action === "result") this.finish();
      if (action === "again") this.again(this.asked, true);
      if (action === "missed") this.again(this.asked.filter((other) => other.missed));
    }

    load() {
      const kept = record.read();
      const state = this.review ? null : kept.quizzes[this.name];
      // Looking at a page keeps nothing, so its first order is always the same.
      this.state = state || { attempt: 1, seed: this.review || this.drawn ? newSeed() : hash(this.name), at: record.now(), draw: null };
      this.arrange(this.questions);
      if (this.review) return;
      if (this.drawn && !state) this.keep();
      this.asked.forEach((question) => {
        const entry = kept.questions[this.entryOf(question)];
        try {
          // Before the draw it was answered in an earlier one.
          if (!this.drawn || entry?.at >= this.state.at) question.restore(entry);
        } catch (error) {
          question.clear();
          console.error(error);
        }
      });
      const finished = state?.scores?.some((score) => score.attempt === state.attempt);
      if (finished && this.asked.every((question) => question.checked || !question.scored)) this.showScore();
    }

    /** @param {Question[]} begun - those to begin anew */
    arrange(begun) {
      this.showScore(false);
      this.asked = this.choose();
      begun.forEach((question) => question.clear());
      this.questions.forEach((question) => {
        question.$root.hidden = !this.asked.includes(question);
        question.shuffle(this.state.seed);
      });
      this.asked.forEach((question, index) => {
        const text = fill(this.texts.textNumber, { number: index + 1, total: this.asked.length });
        question.$number.textContent = text;
        question.$check.lastChild.textContent = ` ${text}`;
      });
    }

    /** The questions to ask: all, or those drawn. */
    choose() {
      if (!this.drawn) return this.questions;
      const { count, objectives } = this.drawn;
      const pool = shuffled(this.questions, (question) => question.id, this.state.seed).filter((question) => question.scored);
      const draw = pool.filter((question) => this.state.draw?.includes(question.id));
      const take = (list, least) => {
        const lacking = Math.min(least - list.filter((question) => draw.includes(question)).length, count - draw.length);
        draw.push(...list.filter((question) => !draw.includes(question)).slice(0, Math.max(0, lacking)));
      };
      Object.entries(objectives || {}).forEach(([name, least]) => take(pool.filter((question) => question.$root.dataset.objective === name), least));
      take(pool, count);
      this.state.draw = draw.map((question) => question.id);
      return this.questions.filter((question) => draw.includes(question));
    }

    /** Where an answer is kept: a drawn self-check has its own, so that the lesson's stays. */
    entryOf(question) {
      return this.drawn ? `${this.name}--${question.id}` : question.id;
    }

    changed(question) {
      if (!question) return;
      question.edited();
      this.save([question]);
    }

    /** @param {Question[]} questions */
    save(questions) {
      if (this.review) return;
      record.update((all) => {
        if (!all.quizzes[this.name]) this.keepIn(all);
        questions.forEach((question) => {
          const id = this.entryOf(question);
          all.questions[id] = {
            box: 0,
            due: null,
            ...all.questions[id],
            stamp: question.$root.dataset.stamp,
            answer: question.answer,
            done: question.checked,
            credit: question.credit,
            sure: question.sure,
            at: Math.max(record.now(), this.state.at),
            attempt: this.state.attempt,
          };
        });
      });
    }

    keep(score) {
      if (!this.review) record.update((all) => this.keepIn(all, score));
    }

    keepIn(all, score) {
      const old = all.quizzes[this.name];
      // Another tab may have begun a newer attempt meanwhile.
      const state = old?.at > this.state.at ? old : this.state;
      all.quizzes[this.name] = { ...state, scores: [...(old?.scores || []), ...(score ? [score] : [])] };
    }

    checkOne(question) {
      if (question.checked) return;
      const problem = question.problem();
      if (problem) {
        question.showError(problem);
        question.$first.focus();
        return this.say(problem);
      }
      this.settle(question);
      this.say(question.said);
    }

    settle(question) {
      question.settle();
      record.answered(question.id, {
        stamp: question.$root.dataset.stamp,
        answer: question.answer,
        credit: question.credit,
        sure: question.sure,
        attempt: this.state.attempt,
        elsewhere: Boolean(this.drawn),
      });
      if (this.drawn) this.save([question]);
    }

    /** Check what is still open and sum up; or list, with links, what lacks an answer. */
    finish() {
      const open = this.asked.filter((question) => !question.checked && (question.scored || question.complete));
      const lacking = open.map((question) => ({ question, problem: question.problem() })).filter(({ problem }) => problem);
      if (lacking.length) return this.showErrors(lacking);
      open.forEach((question) => this.settle(question));
      this.keep({ attempt: this.state.attempt, ...this.showScore(), at: record.now() });
      this.$score.focus();
    }

    /** @param {{question: Question, problem: string}[]} lacking */
    showErrors(lacking) {
      const $items = lacking.map(({ question, problem }) => {
        question.showError(problem);
        const values = { number: this.asked.indexOf(question) + 1, message: problem };
        const $link = element("a", "", fill(this.texts.textError, values));
        $link.href = `#${question.$root.id}`;
        $link.addEventListener("click", (event) => {
          event.preventDefault();
          question.$number.scrollIntoView();
          question.$first.focus({ preventScroll: true });
        });
        const $item = element("li");
        $item.append($link);
        return $item;
      });
      this.$errors.hidden = false;
      this.$errors.querySelector("ul").replaceChildren(...$items);
      this.$errors.focus();
    }

    showScore(shown = true) {
      this.$errors.hidden = true;
      this.$score.hidden = !shown;
      this.$result.parentElement.hidden = shown;
      if (!shown) return null;
      const scored = this.asked.filter((question) => question.scored);
      const score = tally(scored);
      this.$score.querySelector(".quiz-score-text").textContent = fill(this.texts.textScore, spoken(score));
      this.$form.querySelector(".quiz-summary").replaceChildren(...this.summary(scored));
      this.$form.querySelector('[data-action="missed"]').hidden = score.right === score.total;
      return score;
    }

    /** How each objective went, with the sections to read again. */
    summary(scored) {
      const groups = new Map();
      scored.forEach((question) => {
        const { objective } = question.$root.dataset;
        groups.set(objective, [...(groups.get(objective) || []), question]);
      });
      return Array.from(groups.values(), (group) => {
        const score = tally(group);
        const $item = element("li", `quiz-summary-${score.right === score.total ? "right" : "missed"}`);
        const values = { objective: group[0].$root.dataset.objectiveText, ...spoken(score) };
        $item.append(element("p", "", fill(this.texts.textSummaryLine, values)));
        const seen = new Set();
        group.filter((question) => question.missed).forEach((question) => {
          const $section = question.find(".quiz-section");
          if (!$section || seen.has($section.textContent)) return;
          seen.add($section.textContent);
          $item.append($section.cloneNode(true));
        });
        return $item;
      });
    }

    /** A new attempt at some questions, or at all: then another draw. */
    again(questions, all = false) {
      // Another tab may have gone on meanwhile, and a clock may have been wrong.
      const old = record.read().quizzes[this.name] || this.state;
      const at = this.drawn && !all ? this.state.at : Math.max(record.now(), old.at + 1);
      const attempt = Math.max(old.attempt, this.state.attempt) + 1;
      this.state = { attempt, seed: newSeed(), at, draw: all ? null : this.state.draw };
      this.arrange(questions);
      this.keep();
      this.save(questions);
      (all ? this.asked : questions)[0].$number.focus();
      this.say(this.texts.textCleared);
    }

    /** @param {string} text - what a screen reader should hear */
    say(text) {
      this.$status.textContent = text.replace(/\s+/g, " ").trim();
    }
  }

  const isKey = ($option) => $option.dataset.key === "true";
  const idOf = ($item) => $item.dataset.option || $item.dataset.choice || $item.dataset.step;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const textOf = ($parts) => $parts.map(($part) => $part?.textContent).filter(Boolean).join(". ");
  const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
  const kindOf = (credit) => (credit === null ? "" : credit >= 1 ? "right" : credit > 0 ? "partly" : "wrong");
  const newSeed = () => Math.floor(Math.random() * 2 ** 31);

  function tally(questions) {
    const right = questions.reduce((sum, question) => sum + question.credit, 0);
    return { right: Math.round(right * 100) / 100, total: questions.length };
  }

  /** A score as it is written in the page's language. */
  function spoken({ right, total }) {
    return { right: right.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }), total };
  }

  /** A text without case, signs, spaces, diacritics (old cedillas, too). */
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[\s\p{P}]+/gu, " ").trim();
  }

  /** How many letters to change, add or drop. */
  function distance(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    Array.from(one).forEach((letter, index) => {
      const next = [index + 1];
      for (let i = 0; i < other.length; i++) {
        next.push(Math.min(next[i] + 1, row[i + 1] + 1, row[i] + (letter === other[i] ? 0 : 1)));
      }
      row = next;
    });
    return row[other.length];
  }

  function hash(text) {
    return Array.from(text).reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7);
  }

  /** mulberry32 */
  function randomFrom(seed) {
    return () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), seed | 1);
      t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  /** An order that depends on nothing but names and seed. */
  function shuffled(items, nameOf, seed) {
    const random = randomFrom(seed);
    const mixed = [...items].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
    }
    return mixed;
  }

  function element(name, className, text) {
    const $element = document.createElement(name);
    if (className) $element.className = className;
    if (text) $element.textContent = text;
    return $element;
  }

  document.querySelectorAll("form.quiz").forEach(($form) => {
    // One that fails to start stays readable and stops no other.
    try {
      new Quiz($form).start();
    } catch (error) {
      console.error(error);
    }
    $form.classList.add("quiz-enhanced");
  });

  const inNextFrame = (work) => requestAnimationFrame(() => setTimeout(work));

  /** Lay out a question with each frame: all at once, they hold a slow phone up. */
  function layOut([$question, ...others]) {
    if (!$question) return;
    $question.classList.add("quiz-question-laid-out");
    inNextFrame(() => layOut(others));
  }

  inNextFrame(() => layOut(document.querySelectorAll(".quiz-question")));
})();
