from office.disk import disk_words
from office.refusals import Refused


class BadFile(Refused):
    """Raised when an uploaded file is refused; its text says what to do."""


class TooComplex(BadFile):
    """Raised when the child process exceeded a limit of CPU, memory or answer, or crashed over the file."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas ini terlalu rumit untuk diperiksa. Simpan atau pindai ulang sebagai PDF lalu pilih lagi."
        )


class NotCheckedNow(BadFile):
    """Raised when the file could not be looked at now, because other files or programs are in the way."""

    def __init__(self) -> None:
        super().__init__("Berkas ini belum sempat diperiksa karena komputer kantor sedang sibuk. Coba lagi sebentar.")


class DiskNotReady(BadFile):
    """Raised when the file could not be passed to a child process, because the office's disk took nothing."""

    def __init__(self, problem: OSError) -> None:
        super().__init__(f"{disk_words(problem)}. Berkas ini belum diperiksa: beri tahu admin, lalu coba lagi.")
