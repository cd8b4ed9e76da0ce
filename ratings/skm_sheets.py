"""The SKM report as an XLSX workbook whose formulas compute the same figures from the answers themselves.

The answers name no person, ticket, day or minute, and their order does not show when they were given.
"""

from fractions import Fraction

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from guestbook.recap_tables import Cell, Table
from office.models import Office
from ratings.follow_up_readings import Plan
from ratings.follow_up_sheets import fill_plan
from ratings.formula_sheets import FIRST_ROW, HEAD_ROW, Formula, Rows, fill_sheet, solved_book
from ratings.ikm import CLASSES_OF_SERVICE
from ratings.instruments import SKM_9
from ratings.skm_report import AnswerFigures, SkmReport
from ratings.skm_tables import (
    ON_PAPER,
    RULE,
    SUBJECT,
    median_seconds,
    respondent_tables,
    share_in_percent,
    summary_table,
    target_words,
)

TWO_DECIMALS = "0.00"
LAST_KEY = get_column_letter(len(SKM_9.keys))
ALIKE = get_column_letter(len(SKM_9.keys) + 1)
"""The columns of the sheet "Jawaban": the last unsur, and whether a respondent answered all nine alike."""


def skm_workbook(
    report: SkmReport, *, trend: Table, office: Office, plan: Plan | None = None, later: str = ""
) -> bytes:
    """Return the XLSX file, with the follow-up plan when there is one.

    `later` says what has happened to the answers since the report was frozen. Below the minimum of respondents the file
    has neither answers nor index.
    """
    book = Workbook()
    book.remove(book.active)
    whose = f"{office.name}, {report.period.words}"
    results = {
        title: fill_sheet(book.create_sheet(title), [f"{SUBJECT}: {title}", whose], head, rows)
        for title, head, rows in _sheets(report, trend, later)
    }
    if plan and plan.rows:
        fill_plan(book, plan, office)
    return solved_book(book, results)


def _sheets(report: SkmReport, trend: Table, later: str) -> list[tuple[str, list[str], Rows]]:
    """Return the title, the column heads and the rows of each sheet."""
    figures = report.figures
    method: Rows = [[], [RULE], [target_words(report.served, report.target)], *([[later]] if later else [])]
    summary = _summary(report, figures) if figures else summary_table(report).rows
    return [
        ("Ringkasan", ["Ukuran", "Nilai"], [*summary, *method]),
        *([_aspects(figures), _answers(figures)] if figures else []),
        ("Responden", ["Menurut", "Kelas", "Responden", "Persen"], _respondents(report)),
        ("Tren", trend.head, trend.rows),
    ]


def _summary(report: SkmReport, figures: AnswerFigures) -> Rows:
    """Return the figures of the period; their order gives the cells that the formulas name."""
    last = HEAD_ROW + report.n
    of_aspects = f"Unsur!B{FIRST_ROW}:B{HEAD_ROW + len(SKM_9.keys)}"
    rate, alike = share_in_percent(report.response_rate), share_in_percent(figures.alike)
    target = "=ROUND(3.841*B6*0.25/(0.0025*(B6-1)+3.841*0.25),0)"
    of_alike = f"=ROUND(100*SUM(Jawaban!{ALIKE}{FIRST_ROW}:{ALIKE}{last})/B5,1)"
    index = f"=ROUND(25*SUM({of_aspects})/({len(SKM_9.keys)}*B5),2)"
    return [
        ["Responden (n)", Formula(f"=COUNT(Jawaban!A{FIRST_ROW}:A{last})", report.n)],
        ["Kunjungan selesai dan surat diterima (N)", report.served],
        ["Tingkat respons, persen", Formula('=IF(B6>0,ROUND(100*(B5-B13)/B6,1),"–")', "–" if rate is None else rate)],
        ["Sasaran responden (Krejcie dan Morgan)", Formula(target, report.target)],
        ["IKM", Formula(index, float(figures.ikm), TWO_DECIMALS)],
        ["Mutu", Formula(_class_formula("B9"), figures.mutu.letter)],
        ["Sembilan jawaban sama, persen", Formula(of_alike, alike or 0)],
        ["Lama mengisi, median detik", median_seconds(report)],
        [ON_PAPER, report.on_paper],
    ]


def _class_formula(cell: str) -> str:
    """Return the formula of the class of the index in `cell`."""
    *better, worst = CLASSES_OF_SERVICE
    nested = f'"{worst.letter}"'
    for one in reversed(better):
        nested = f'IF({cell}>={one.lowest_index},"{one.letter}",{nested})'
    return f"={nested}"


def _aspects(figures: AnswerFigures) -> tuple[str, list[str], Rows]:
    last = HEAD_ROW + len(figures.rows)
    rows: list[list[Cell | Formula]] = []
    for place, aspect in enumerate(figures.aspects, start=1):
        column, row = get_column_letter(place), HEAD_ROW + place
        total = Formula(f"=SUM(Jawaban!{column}{FIRST_ROW}:{column}{last})", aspect.total)
        mean = Formula(f"=B{row}/Ringkasan!$B$5", float(aspect.mean), TWO_DECIMALS)
        weighted = Formula(f"=C{row}/{len(SKM_9.keys)}", float(aspect.mean / len(SKM_9.keys)), TWO_DECIMALS)
        rows.append([aspect.name, total, mean, weighted])
    return "Unsur", ["Unsur", "Jumlah nilai", "NRR", "NRR tertimbang (1/9)"], rows


def _answers(figures: AnswerFigures) -> tuple[str, list[str], Rows]:
    rows: list[list[Cell | Formula]] = []
    for number, answers in enumerate(figures.rows, start=FIRST_ROW):
        cells = f"A{number}:{LAST_KEY}{number}"
        rows.append([*answers, Formula(f"=IF(MAX({cells})=MIN({cells}),1,0)", int(len(set(answers)) == 1))])
    return "Jawaban", [*SKM_9.keys, "sama"], rows


def _respondents(report: SkmReport) -> Rows:
    """Return the classes with their share of n, which is in B5 of the summary, or in B7 when there is no index."""
    rows: list[list[Cell | Formula]] = []
    n = "Ringkasan!$B$5" if report.figures else "Ringkasan!$B$7"
    for table in respondent_tables(report):
        for name, count, _ in table.rows:
            share = Fraction(int(count or 0), max(report.n, 1))
            formula = f"=ROUND(100*C{FIRST_ROW + len(rows)}/MAX({n},1),1)"
            rows.append([table.title, name, count, Formula(formula, share_in_percent(share) or 0)])
    return rows
