"""The course generator: data files and pages in, checked and rendered HTML out.

Knows nothing of MkDocs; `hooks/build_course.py` is its adapter. The flow is
load -> check -> model -> render -> place, a module each.
"""
