"""The trainer's verbs: `cli` is the command, a module each does what a verb says.

A verb is a thin click command that gets the course folder as its object; the work is done by
functions that know no command line. `environment` and `progress` need nothing but Python.
"""
