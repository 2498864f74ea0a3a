/*
 * The self-check, enhanced: checks answers, shows feedback beside the option chosen, sums up.
 * Comes in: the form that fragments/quiz.html renders, complete without this script. All texts
 * stand in its data-text-… attributes. Nothing leaves the page.
 */
(function () {
  "use strict";

  /** One question of a self-check. */
  class Question {
    /**
     * @param {HTMLElement} $root - the list item of the question
     * @param {DOMStringMap} texts - the form's texts
     */
    constructor($root, texts) {
      this.$root = $root;
      this.texts = texts;
      this.$number = $root.querySelector(".quiz-number");
      this.$error = $root.querySelector(".quiz-error");
      this.$check = $root.querySelector('[data-action="check"]');
      this.$options = Array.from($root.querySelectorAll(".quiz-option"));
      this.$inputs = Array.from($root.querySelectorAll("input"));
      this.checkText = this.$check.firstChild.textContent;
      this.checked = false;
    }

    /** @returns {string[]} the ids of the options chosen */
    get chosen() {
      return this.$inputs.filter(($input) => $input.checked).map(($input) => $input.value);
    }

    /** Whether as many options are chosen as the question asks for. */
    get complete() {
      return this.chosen.length === Number(this.$root.dataset.chooses);
    }

    /** Whether exactly the right options are chosen. */
    get right() {
      return this.$options.every(
        ($option) => ($option.dataset.key === "true") === isChosen($option)
      );
    }

    /** Say that an answer is missing. */
    showError() {
      this.$error.hidden = false;
      this.$root.classList.add("quiz-question-error");
      this.$inputs.forEach(($input) => $input.setAttribute("aria-invalid", "true"));
    }

    hideError() {
      this.$error.hidden = true;
      this.$root.classList.remove("quiz-question-error");
      this.$inputs.forEach(($input) => $input.removeAttribute("aria-invalid"));
    }

    /**
     * Settle the question and show what follows from the answer.
     * @returns {string} what a screen reader should hear
     */
    check() {
      this.hideError();
      this.checked = true;
      this.$root.classList.add("quiz-question-checked");
      this.$inputs.forEach(($input) => { $input.disabled = true; });
      this.$check.setAttribute("aria-disabled", "true");
      this.$check.firstChild.textContent = this.texts.textChecked;
      this.$options.forEach(($option) => this.reply($option));
      const said = Array.from(this.$root.querySelectorAll(".quiz-reply"), ($reply) => $reply.textContent);
      const partly = !this.right && this.$options.some(($option) => isKey($option) && isChosen($option));
      return [this.$number.textContent, ...(partly ? [this.texts.textPartly] : []), ...said].join(". ");
    }

    /**
     * Put the feedback beside an option that was chosen; of several right ones, beside a missed
     * one, too. The right answer of a single choice is not given away: the learner may try again.
     * @param {HTMLElement} $option
     */
    reply($option) {
      const missed = !isChosen($option) && isKey($option) && this.$root.dataset.chooses !== "1";
      if (!isChosen($option) && !missed) return;
      const kind = missed ? "missed" : isKey($option) ? "right" : "wrong";
      const text = { missed: this.texts.textMissed, right: this.texts.textRight, wrong: this.texts.textWrong }[kind];
      const $feedback = this.$root.querySelector(`[data-feedback="${$option.dataset.option}"] .quiz-feedback`);
      const $verdict = element("p", `quiz-verdict quiz-verdict-${kind}`);
      $verdict.append(element("span", "", text));
      const $reply = element("div", "quiz-reply");
      $reply.append($verdict, $feedback.cloneNode(true));
      $option.classList.add(`quiz-option-${kind}`);
      $option.append($reply);
    }

    /** Make the question as new. */
    clear() {
      this.hideError();
      this.checked = false;
      this.$root.classList.remove("quiz-question-checked");
      this.$root.querySelector(".quiz-answer").open = false;
      this.$check.removeAttribute("aria-disabled");
      this.$check.firstChild.textContent = this.checkText;
      this.$inputs.forEach(($input) => { $input.disabled = false; $input.checked = false; });
      this.$options.forEach(($option) => $option.classList.remove("quiz-option-right", "quiz-option-wrong", "quiz-option-missed"));
      this.$root.querySelectorAll(".quiz-reply").forEach(($reply) => $reply.remove());
    }
  }

  /** A whole self-check. */
  class Quiz {
    /** @param {HTMLFormElement} $form */
    constructor($form) {
      this.$form = $form;
      this.texts = $form.dataset;
      this.$status = $form.querySelector('[role="status"]');
      this.$errors = $form.querySelector(".quiz-errors");
      this.$score = $form.querySelector(".quiz-score");
      this.$result = $form.querySelector('[data-action="result"]');
      this.questions = Array.from($form.querySelectorAll(".quiz-question"), ($root) => new Question($root, this.texts));
      this.title = document.title;
    }

    start() {
      this.clear();
      this.$form.addEventListener("submit", (event) => event.preventDefault());
      this.$form.addEventListener("click", (event) => {
        const $button = event.target.closest("[data-action]");
        if ($button) this.act($button);
      });
    }

    /** @param {HTMLElement} $button */
    act($button) {
      const action = $button.dataset.action;
      if (action === "check") this.checkOne(this.questions.find((question) => question.$check === $button));
      if (action === "result") this.finish();
      if (action === "again") this.again();
    }

    /** @param {Question} question */
    checkOne(question) {
      if (question.checked) return;
      if (!question.complete) {
        question.showError();
        question.$inputs[0].focus();
        this.say(question.$error.textContent);
        return;
      }
      this.say(question.check());
    }

    /** Check what is still open and sum up; or list, with links, what lacks an answer. */
    finish() {
      const open = this.questions.filter((question) => !question.checked);
      const lacking = open.filter((question) => !question.complete);
      if (lacking.length) return this.showErrors(lacking);
      this.hideErrors();
      open.forEach((question) => question.check());
      const right = this.questions.filter((question) => question.right).length;
      this.$score.querySelector(".quiz-score-text").textContent = fill(this.texts.textScore, { right, total: this.questions.length });
      this.$score.hidden = false;
      this.$result.parentElement.hidden = true;
      this.$score.focus();
    }

    /** @param {Question[]} lacking */
    showErrors(lacking) {
      const $items = lacking.map((question) => {
        question.showError();
        const values = { number: this.questions.indexOf(question) + 1, message: question.$error.textContent };
        const $link = element("a", "", fill(this.texts.textError, values));
        $link.href = `#${question.$inputs[0].id}`;
        $link.addEventListener("click", (event) => {
          event.preventDefault();
          question.$number.scrollIntoView();
          question.$inputs[0].focus({ preventScroll: true });
        });
        const $item = element("li");
        $item.append($link);
        return $item;
      });
      this.$errors.hidden = false;
      this.$errors.querySelector("ul").replaceChildren(...$items);
      this.$errors.focus();
    }

    hideErrors() {
      this.$errors.hidden = true;
    }

    /** A new attempt, beginning at the first question. */
    again() {
      this.clear();
      this.questions[0].$number.focus();
      this.say(this.texts.textCleared);
    }

    clear() {
      this.hideErrors();
      this.questions.forEach((question) => question.clear());
      this.$score.hidden = true;
      this.$result.parentElement.hidden = false;
    }

    /** @param {string} text - what a screen reader should hear */
    say(text) {
      this.$status.textContent = text.replace(/\s+/g, " ").trim();
    }
  }

  const isKey = ($option) => $option.dataset.key === "true";
  const isChosen = ($option) => $option.querySelector("input").checked;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

  function element(name, className, text) {
    const $element = document.createElement(name);
    if (className) $element.className = className;
    if (text) $element.textContent = text;
    return $element;
  }

  document.querySelectorAll("form.quiz").forEach(($form) => {
    // One self-check that fails to start stays readable and never stops the next one.
    try {
      new Quiz($form).start();
      $form.classList.add("quiz-enhanced");
    } catch (error) {
      console.error(error);
    }
  });
})();
