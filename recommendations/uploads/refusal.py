from office.refusals import Refused


class BadFile(Refused):
    """Raised when an uploaded file is refused; its text says what to do."""
