"""The parts of the adapter that are more than an event; with it, all that imports MkDocs."""
