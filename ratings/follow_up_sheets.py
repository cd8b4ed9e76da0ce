"""The follow-up plan of a period as XLSX: its measures, and how much of it is finished and how fast."""

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from guestbook.periods import Period
from office.clock import today
from office.formats import short_date
from office.models import Office
from office.sheets import saved_book
from ratings.follow_up_models import FollowUp
from ratings.follow_up_readings import Plan, PlanRow, read_plan
from ratings.formula_sheets import FIRST_ROW, Rows, fill_sheet
from ratings.skm_tables import PLAN_RULE, PLAN_SUBJECT, plan_shares_table

HEAD = {
    # head of the column: its width in characters
    "Unsur": 24,
    "NRR": 8,
    "Pengaduan": 11,
    "Rencana": 48,
    "Penanggung jawab": 24,
    "Paling lambat": 14,
    "Keadaan": 20,
    "Bukti": 40,
    "Dilanjutkan dari": 20,
}


def plan_xlsx(period: Period) -> bytes:
    """Return the plans of a period as an XLSX file: its own, then those of the shorter periods that lie in it.

    Each has two sheets. Without a plan the table of the period has no rows. Raise ClockWentBack.
    """
    book = Workbook()
    book.remove(book.active)
    office, planned = Office.objects.current(), set(FollowUp.objects.within(period).values_list("period", flat=True))
    for one in period.inner:
        if one == period or one.code in planned:
            fill_plan(book, read_plan(one, today()), office, name="" if one == period else f" {one.code}")
    return saved_book(book)


def fill_plan(book: Workbook, plan: Plan, office: Office, *, name: str = "") -> None:
    """Add two sheets to the workbook: the measures of the plan, and its shares. `name` ends their names."""
    whose = f"{office.name}, {plan.period.words}. {plan.as_of}"
    sheet = book.create_sheet(f"Tindak lanjut{name}")
    fill_sheet(sheet, [PLAN_SUBJECT, whose], list(HEAD), [_cells(row) for row in plan.rows])
    for place, width in enumerate(HEAD.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for cells in sheet.iter_rows(min_row=FIRST_ROW):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    shares = plan_shares_table(plan.figures)
    rows: Rows = [*shares.rows, [], [PLAN_RULE]]
    fill_sheet(
        book.create_sheet(f"Capaian tindak lanjut{name}"), [f"{PLAN_SUBJECT}: capaian", whose], shares.head, rows
    )


def _cells(row: PlanRow) -> list[str | int | float | None]:
    plan = row.measure
    due = short_date(plan.due_on) if plan.due_on else ""
    name = plan.proof_file.name if plan.proof_file else ""
    proof = "; ".join(part for part in (plan.proof, name) if part)
    nrr = float(row.nrr) if row.nrr is not None else None
    who = str(plan.responsible or "")
    facts = (plan.action, who, due, row.state, proof, row.from_period)
    return [row.follow_up.get_aspect_display(), nrr, row.complaints, *facts]
