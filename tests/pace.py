"""Time as a ratio: what else the machine does changes seconds, and both sides of a ratio alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from playwright.sync_api import Page

Work = Callable[[], object]

ROUNDS = 8
"""How often a ratio may be too large before it is believed."""


def growth(few: Work, many: Work, most: float) -> float:
    """How much more of the processor `many` takes than `few`: their best times of some rounds.

    Ends with the first round after which the ratio is below `most`. Python's own search for garbage
    goes through all that other tests left, so it waits.
    """
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        best = [min(before, _seconds(work)) for before, work in zip(best, (few, many), strict=True)]
        if best[1] < most * best[0]:
            break
    return best[1] / best[0]


def _seconds(work: Work) -> float:
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        work()
        return time.process_time() - begin
    finally:
        gc.enable()


ANEW = """() => {
    const style = document.documentElement.style;
    style.fontSize = style.fontSize ? '' : '101%'; document.body.offsetHeight; }"""


class Clock:
    """The time that a page's own thread is at work; by the wall's clock, other programs count."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._inside = page.context.new_cdp_session(page)
        self._inside.send("Performance.enable", {"timeDomain": "threadTicks"})

    def layouts(self, work: Work) -> float:
        """How many times the page could have been laid out anew in the time that `work` takes."""
        took = self._took(work)
        return took / self._took(lambda: self._page.evaluate(ANEW))

    def _took(self, work: Work) -> float:
        before = self._busy()
        work()
        return self._busy() - before

    def _busy(self) -> float:
        metrics = self._inside.send("Performance.getMetrics")["metrics"]
        return float(sum(m["value"] for m in metrics if m["name"] == "TaskDuration"))
