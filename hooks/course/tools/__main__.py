"""`python -P -m course.tools`: what course.py runs inside the course's environment."""

from __future__ import annotations

import os
import signal
import sys

from .cli import main

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started ends, too
os.environ.pop("PYTHONPATH", None)  # it led here; what is started finds its own modules
sys.exit(main(sys.argv[1:]))
