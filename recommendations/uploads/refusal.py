from office.refusals import Refused


class BadFile(Refused):
    """Raised when the desk does not take a file; the text says what to do."""
