"""Links and the navigation: what leads nowhere is told with its line, without a build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_course import cases, changed, judge, lay_out


@pytest.mark.parametrize("case", cases("links"), ids=lambda case: str(case["name"]))
def test_what_leads_nowhere_is_told(tmp_path: Path, case: Any) -> None:
    _, problems = judge(lay_out(tmp_path, changed(case)))
    assert [str(problem) for problem in problems] == case["problems"]
