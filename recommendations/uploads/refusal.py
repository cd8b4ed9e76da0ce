class BadFile(ValueError):
    """A file the desk does not take; its text says what to do."""
