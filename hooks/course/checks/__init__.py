"""The rules of the course, a module for each kind of file; `check.py` beside it applies them."""
