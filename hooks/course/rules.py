"""The names of all rules: what a build needs, what is a matter of style, what can be mended.

Each has a heading with its name in docs/trainers/rules.md (and its translations), which says
why it is there; a test keeps these lists, the code and the page in step.
"""

from __future__ import annotations

PAGE = "docs/trainers/rules.md"
"""Where a trainer reads about a rule."""

NEEDED = frozenset(
    {
        # files and YAML
        *("unreadable-file", "encoding", "file-name", "yaml-syntax", "yaml-sign", "repeated-key"),
        *("merge", "front-matter", "settings", "template"),
        # fields and values
        *("unknown-field", "missing-field", "missing-id", "empty-field", "wrong-kind"),
        *("unknown-value", "bad-id", "repeated-id", "unknown-id", "broken-link"),
        # texts
        *("missing-text", "unsafe-text", "same-text", "text-blanks"),
        # pages
        *("missing-translation", "out-of-step", "heading-id", "block", "phrase-registers"),
        *("marker", "placed-twice", "not-placed", "navigation", "old-address"),
        # questions
        *("part-count", "answer-key", "question-form", "uncovered-objective", "draw"),
        # conversations, charts, tables
        *("node-form", "dead-end", "unreached", "endless-loop", "best-path", "plan-time"),
        *("picture", "silence"),
        # questions from a spreadsheet
        *("sheet-file", "sheet-columns", "sheet-cell", "sheet-row", "edit-in-place"),
    }
)
"""Rules of the check; with an error in one of them nothing is built."""

ADVISED = frozenset({"missing-translation", "heading-id", "best-path"})
"""Those of them that may give advice, which can be silenced."""

QUESTIONS = frozenset(
    {
        # one question
        *("option-count", "question-ideas", "option-words", "option-lengths", "same-opening"),
        *("option-stops", "option-quotes", "stem-blank", "stem-statement", "stem-question"),
        *("scenario-length", "feedback-length", "reaction-length", "above", "stem-open"),
        *("negative-stem", "option-place", "feedback-verdict", "feedback-praise", "stem-echo"),
        *("reading-lix", "reading-grade"),
        # all questions
        *("key-places", "key-run", "recall", "repeated-ideas", "key-longest", "key-shortest"),
        *("blind-solver", "alike", "answered-elsewhere", "negative-stems", "absolutes", "tone"),
    }
)
"""Rules of the linter for questions: of one, and of all together."""

TEXTS = frozenset(
    {
        # translations
        *("parity-blocks", "parity-size", "parity-links", "parity-pictures", "parity-length"),
        *("untranslated", "stale-translation", "unfinished", "language-rules", "to-be-written"),
        # language
        *("letters", "quotation-marks", "dialogue", "spaces", "figures", "register", "gender"),
        *("calque", "loan", "cliche", "american", "spelling"),
    }
)
"""Rules of the linter for translations and language."""

STYLE = QUESTIONS | TEXTS
"""Rules of the linter; what they find never stops a build, and can be silenced in a place."""

MENDED = frozenset({"letters", "quotation-marks", "missing-id", "heading-id"})
"""Rules whose findings `check --fix` can mend, where it is safe."""

RULES = NEEDED | STYLE


def can_be_silenced(rule: str) -> bool:
    """Whether a comment can silence findings of a rule, or its advice at least."""
    return rule in STYLE or rule in ADVISED


def place(rule: str) -> str:
    """Where in the project a trainer reads about a rule."""
    return f"{PAGE}#{rule}"
