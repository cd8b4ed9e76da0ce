"""Libur nasional and cuti bersama as the decrees name them, copied from the decrees and not from a library.

SKB 3 Menteri for 2023 (with both changes), 2024 (with the polling days), 2025 (with the change of 18 August), 2026 and
2027; (month, day). They include days on Saturdays and Sundays, as the decrees do.
"""

from datetime import date

NATIONAL = {
    2023: "1/1 22/1 18/2 22/3 7/4 22/4 23/4 1/5 18/5 1/6 4/6 29/6 19/7 17/8 28/9 25/12",
    2024: "1/1 8/2 10/2 14/2 11/3 29/3 31/3 10/4 11/4 1/5 9/5 23/5 1/6 17/6 7/7 17/8 16/9 27/11 25/12",
    2025: "1/1 27/1 29/1 29/3 31/3 1/4 18/4 20/4 1/5 12/5 29/5 1/6 6/6 27/6 17/8 5/9 25/12",
    2026: "1/1 16/1 17/2 19/3 21/3 22/3 3/4 5/4 1/5 14/5 27/5 31/5 1/6 16/6 17/8 25/8 25/12",
    2027: "1/1 5/1 6/2 8/3 10/3 11/3 26/3 28/3 1/5 6/5 17/5 20/5 1/6 6/6 15/8 17/8 25/12 26/12",
}
COLLECTIVE = {
    2023: "23/1 23/3 19/4 20/4 21/4 24/4 25/4 2/6 28/6 30/6 26/12",
    2024: "9/2 12/3 8/4 9/4 12/4 15/4 10/5 24/5 18/6 26/12",
    2025: "28/1 28/3 2/4 3/4 4/4 7/4 13/5 30/5 9/6 18/8 26/12",
    2026: "16/2 18/3 20/3 23/3 24/3 15/5 28/5 24/12",
    2027: "5/2 9/3 12/3 15/3 25/3 18/5 19/5 24/12",
}


def days(table: dict[int, str], year: int) -> set[date]:
    """Return the days of one year."""
    return {date(year, *reversed([int(part) for part in day.split("/")])) for day in table[year].split()}


DAYS_OFF = {day for table in (NATIONAL, COLLECTIVE) for year in table for day in days(table, year)}
