from office.refusals import Refused


class BadFile(Refused):
    """Raised when an uploaded file is refused; its text says what to do."""


class TooComplex(BadFile):
    """Raised when the child process exceeded a limit or crashed over the file."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas ini terlalu rumit untuk diperiksa. Simpan atau pindai ulang sebagai PDF lalu pilih lagi."
        )


class NotCheckedNow(BadFile):
    """Raised when the file could not be looked at now, through no fault of the file."""

    def __init__(self) -> None:
        super().__init__("Berkas ini belum sempat diperiksa karena banyak berkas lain. Coba lagi sebentar.")
