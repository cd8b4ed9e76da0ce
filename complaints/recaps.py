"""The figures of the complaints that came in during a period, as tables for the page and the workbook."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from complaints.models import Complaint, ComplaintEvent, ComplaintMessage, ComplaintTerm
from complaints.workflow import Move
from guestbook.periods import Period
from guestbook.recap_tables import Cell, Table
from office.calendar import MONTHS
from office.formats import percent, short_date

LEFT_OUT = (
    "Pengaduan tentang Kepala yang membaca rekap ini tidak dimuat di sini. Dari pengaduan itu, bila ada, hanya "
    "jumlahnya dihitung, pada Diterima di ringkasan."
)
"""The remark that every register has, also when no complaint is left out: so it tells nothing to its reader."""
NO_CLASS = "Belum"
COMPLAINTS_METHOD = (
    "Dasar: pengaduan yang diterima pada periode ini, menurut keadaannya sekarang. Tanggapan pertama: jawaban atau "
    "rencana yang pertama dari petugas; pertanyaan kepada pelapor bukan tanggapan. Tepat waktu: paling lambat pada "
    "tanggal jatuh temponya; yang pernah selesai terlambat tetap terlambat. Yang dibuka lagi sesudah selesai terlambat "
    "dihitung pada Masih terbuka, lewat batas sampai selesai lagi. "
    "Persen: dari yang sudah ditanggapi atau selesai, ditambah yang lewat batas. "
    "Belum puas: paling sedikit satu kali, juga bila kemudian puas. Isi pengaduan dan nama pelapor tidak dimuat; kode "
    "hanya separuh, karena kode lengkap membuka percakapan pelapor. Yang tanpa golongan tidak punya batas selesai. "
    "Pengaduan tentang Kepala yang membaca rekap ini hanya dihitung pada Diterima di ringkasan."
)
HEAD = [
    "Diterima",
    "Terbuka",
    "Selesai",
    "Ditanggapi tepat waktu",
    "Ditanggapi terlambat",
    "Belum ditanggapi, lewat batas",
    "Ditanggapi tepat waktu, persen",
    "Selesai tepat waktu",
    "Selesai terlambat",
    "Masih terbuka, lewat batas",
    "Selesai tepat waktu, persen",
    "Puas",
    "Belum puas",
    "Dibuka lagi",
]
REGISTER_HEAD = [
    "Kode",
    "Diterima",
    "Dicatat, bila kemudian",
    "Saluran",
    "Unsur",
    "Golongan",
    "Keadaan",
    "Ditangani oleh",
    "Tanggapan paling lambat",
    "Tanggapan pertama",
    "Selesai paling lambat",
    "Selesai",
    "Hasil",
    "Kepuasan",
    "SP4N-LAPOR!",
]

Term = tuple[date | None, datetime | None]
"""The last day of a promise, None when none was made, and when it was met, None when it was not."""


@dataclass(frozen=True)
class Kept:
    """How many terms were kept and how many were not. A term that still runs is in neither."""

    in_time: int
    late: int

    @property
    def share(self) -> float | None:
        """The kept ones in percent with one decimal; None when there is none yet."""
        return percent(self.in_time, self.in_time + self.late)


def kept_terms(terms: Iterable[Term], today: date) -> Kept:
    """Count the terms, each as its last day and the time when it was met; without a last day it does not count."""
    met = [(due_on, timezone.localdate(at) if at else None) for due_on, at in terms if due_on]
    in_time = sum(done is not None and done <= due_on for due_on, done in met)
    return Kept(in_time, sum((done or today) > due_on for due_on, done in met))


def complaints_of(period: Period) -> list[Complaint]:
    """Return the complaints received in the period, with their people, class and event of receipt.

    The first days are first; within a day they are in no order of time, as in `Complaint.Meta`.
    """
    found = Complaint.objects.filter(received_at__date__range=(period.first, period.last))
    receipts = Prefetch("events", ComplaintEvent.objects.filter(move=Move.RECEIVE))
    outcomes = Prefetch("messages", ComplaintMessage.objects.filter(kind=ComplaintMessage.Kind.CLOSE).defer("text"))
    found = found.with_staff().prefetch_related(receipts, outcomes).defer("text", "outcome_note")
    return list(found.order_by("received_at__date", "code"))


def complaint_tables(
    complaints: list[Complaint], period: Period, today: date, *, hidden_from: Collection[int]
) -> list[Table]:
    """Return every table of the recap, in the order of the page: the whole, by month, channel, unsur and class.

    Complaints about a reader, by the ids in `hidden_from`, count as received in the whole and nowhere else: from the
    other figures their subject could read how they are handled. Complaints that were entered only after the period
    have a line of their own: an earlier report had not counted them.
    """
    shown = _without(complaints, hidden_from)
    whole: list[list[Cell]] = [
        ["Diterima", len(complaints)],
        *_whole(shown, today)[1:],
        *_entered_after(shown, period),
        *_endless(shown),
    ]
    months = [MONTHS[number - 1] for number in range(period.month, period.month + period.months)]
    channels = [channel.label for channel in Complaint.Channel]
    elements = [element.label for element in Complaint.Element]
    classes = [*ComplaintTerm.objects.classes().values_list("name", flat=True), NO_CLASS]
    by_month = [_grouped("bulan", "Per bulan", shown, _month, months, today)] if period.months > 1 else []
    return [
        Table("ringkasan", "Ringkasan", ["Ukuran", "Nilai"], whole),
        *by_month,
        _found("saluran", "Per saluran", shown, Complaint.get_channel_display, channels, today),
        _found("unsur", "Per unsur", shown, Complaint.get_element_display, elements, today),
        _found("golongan", "Per golongan", shown, _class_name, classes, today),
    ]


def register_table(complaints: list[Complaint], *, hidden_from: Collection[int]) -> Table:
    """Return the register: a row for each complaint, without its text and its reporter.

    A complaint about a reader, by the ids in `hidden_from`, has no row: one without its officer would stand out. Its
    last row is always the same remark about that.
    """
    rows = [_register_row(complaint) for complaint in _without(complaints, hidden_from)]
    return Table("register", "Register", REGISTER_HEAD, rows, total=[LEFT_OUT])


def _without(complaints: list[Complaint], hidden_from: Collection[int]) -> list[Complaint]:
    return [complaint for complaint in complaints if complaint.about_id not in hidden_from]


def _whole(complaints: list[Complaint], today: date) -> list[list[Cell]]:
    return [list(pair) for pair in zip(HEAD, _figures(complaints, today), strict=True)]


def _entered_after(complaints: list[Complaint], period: Period) -> list[list[Cell]]:
    count = sum(_entered_on(complaint) > period.last for complaint in complaints)
    return [["Dicatat sesudah periode ini berakhir", count]] if count else []


def _endless(complaints: list[Complaint]) -> list[list[Cell]]:
    """Return how many have no end date, because no class was chosen; no row when every one has."""
    count = sum(complaint.due_on is None for complaint in complaints)
    return [["Tanpa golongan, jadi tanpa batas selesai", count]] if count else []


def _entered_on(complaint: Complaint) -> date:
    """Return the day on which the complaint was entered here; without the event of that, the day of its receipt."""
    days = [timezone.localdate(event.at) for event in complaint.events.all() if event.move == Move.RECEIVE]
    return min(days, default=timezone.localdate(complaint.received_at))


def _grouped(
    key: str,
    title: str,
    complaints: list[Complaint],
    name_of: Callable[[Complaint], str],
    names: Iterable[str],
    today: date,
) -> Table:
    """Return a table with a row for each of `names`, in their order."""
    groups: dict[str, list[Complaint]] = {name: [] for name in names}
    for complaint in complaints:
        groups.setdefault(name_of(complaint), []).append(complaint)
    rows: list[list[Cell]] = [[name, *_figures(group, today)] for name, group in groups.items()]
    return Table(key, title, [title.removeprefix("Per ").capitalize(), *HEAD], rows)


def _found(
    key: str,
    title: str,
    complaints: list[Complaint],
    name_of: Callable[[Complaint], str],
    names: Iterable[str],
    today: date,
) -> Table:
    """Return the same table without the rows of names that no complaint has."""
    there = {name_of(complaint) for complaint in complaints}
    return _grouped(key, title, complaints, name_of, [name for name in names if name in there], today)


def _class_name(complaint: Complaint) -> str:
    return complaint.term.name if complaint.term else NO_CLASS


def _month(complaint: Complaint) -> str:
    return MONTHS[timezone.localtime(complaint.received_at).month - 1]


def _figures(complaints: list[Complaint], today: date) -> list[Cell]:
    """Return the figures of HEAD. What is late and not done is apart: it is no part of those that are done."""
    is_open = sum(one.is_open for one in complaints)
    answers = [((one.first_due_on, one.responded_at), one.responded_at is not None) for one in complaints]
    return [
        *(len(complaints), is_open, len(complaints) - is_open),
        *_kept_figures(answers, today),
        *_kept_figures([(_end_of(one), not one.is_open) for one in complaints], today),
        sum(one.is_satisfied is True for one in complaints),
        sum(one.was_found_wanting for one in complaints),
        sum(one.reopened_at is not None for one in complaints),
    ]


def _kept_figures(terms: Sequence[tuple[Term, bool]], today: date) -> list[Cell]:
    """Return how many are done in time, done late, late and not done, and the share in time; each term says if done."""
    every = kept_terms([term for term, _ in terms], today)
    done_late = kept_terms([term for term, is_done in terms if is_done], today).late
    return [every.in_time, done_late, every.late - done_late, every.share]


def _end_of(complaint: Complaint) -> Term:
    """Return the last day and the closing: those before the reopening when that end was late, else those of now."""
    return _first_late_end(complaint) or (complaint.due_on, complaint.closed_at)


def _first_late_end(complaint: Complaint) -> tuple[date, datetime] | None:
    for outcome in complaint.messages.all():
        due_on = outcome.due_on if outcome.kind == ComplaintMessage.Kind.CLOSE else None
        if due_on and timezone.localdate(outcome.at) > due_on:
            return due_on, outcome.at
    return None


def _register_row(complaint: Complaint) -> list[Cell]:
    received_on, entered_on = timezone.localdate(complaint.received_at), _entered_on(complaint)
    satisfied = {None: "", True: "puas", False: "belum puas"}[complaint.is_satisfied]
    opened_again = "dibuka lagi sesudah selesai terlambat" if _first_late_end(complaint) else "dibuka lagi"
    return [
        complaint.short_code,
        short_date(complaint.received_at),
        f"dicatat {short_date(entered_on)}" if entered_on > received_on else "",
        complaint.get_channel_display(),
        complaint.get_element_display(),
        complaint.term.name if complaint.term else "",
        complaint.get_status_display(),
        str(complaint.assigned_to or ""),
        *map(_day, (complaint.first_due_on, complaint.responded_at, complaint.due_on, complaint.closed_at)),
        complaint.get_outcome_display() if complaint.outcome else "",
        f"{satisfied}, {opened_again}".strip(", ") if complaint.reopened_at else satisfied,
        complaint.sp4n_number,
    ]


def _day(day: date | None) -> str:
    return short_date(day) if day else ""
