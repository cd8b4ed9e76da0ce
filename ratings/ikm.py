"""The index of public satisfaction (IKM) from the nine aspects of the SKM, in exact fractions. Pure.

PermenPANRB 14/2017: the NRR (nilai rata-rata) of an aspect is its sum divided by the respondents; the index is 25 times
the mean of the nine NRR. The weight is exactly 1/9, never 0.11, which can change the class. It is rounded once, at the
end, half up, to two decimals; the class is that of the rounded index.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ratings.instruments import SKM_9

TO_HUNDRED = 25
"""The best answer is 4, the best index 100."""
CHI_SQUARE, PROPORTION, ERROR = Fraction(3841, 1000), Fraction(1, 2), Fraction(5, 100)
"""Of Krejcie and Morgan's sample size: one degree of freedom at 95 %, the largest variance, an error of 5 %."""


class NotSkmAnswers(ValueError):
    """Raised when answers are not those of the nine aspects, each 1 to 4."""


@dataclass(frozen=True)
class Tally:
    """The number of respondents, and the sum of their answers by aspect."""

    n: int
    sums: Mapping[str, int]


@dataclass(frozen=True)
class Mutu:
    """A class of service quality (mutu pelayanan): its letter, its words, and the lowest index that has it."""

    letter: str
    words: str
    lowest_index: Decimal


CLASSES_OF_SERVICE = (
    Mutu("A", "Sangat Baik", Decimal("88.31")),
    Mutu("B", "Baik", Decimal("76.61")),
    Mutu("C", "Kurang Baik", Decimal("65.00")),
    Mutu("D", "Tidak Baik", Decimal("25.00")),
)


def tally_of(given: Iterable[Mapping[str, int]]) -> Tally:
    """Return the respondents and sums of some answers. Raise NotSkmAnswers when one of them is of something else."""
    n, sums = 0, dict.fromkeys(SKM_9.keys, 0)
    for answers in given:
        if not SKM_9.accepts(answers):
            raise NotSkmAnswers(answers)
        n += 1
        sums = {key: total + answers[key] for key, total in sums.items()}
    return Tally(n, sums)


def nrr(tally: Tally) -> dict[str, Fraction]:
    """Return the exact mean of each aspect, in the official order; empty without respondents."""
    return {key: Fraction(tally.sums[key], tally.n) for key in SKM_9.keys} if tally.n else {}


def ikm(tally: Tally) -> Decimal | None:
    """Return the index from 25.00 to 100.00, rounded half up to two decimals; None without respondents."""
    means = nrr(tally)
    return to_two_decimals(TO_HUNDRED * sum(means.values(), Fraction()) / len(means)) if means else None


def mutu(index: Decimal) -> Mutu:
    """Return the class of a rounded index, e.g. A from 88.31. Below 65.00 it is D."""
    return next((each for each in CLASSES_OF_SERVICE if index >= each.lowest_index), CLASSES_OF_SERVICE[-1])


def lowest(tally: Tally, count: int) -> list[str]:
    """Return the keys of the `count` lowest aspects, lowest first, equal ones in the official order; [] without n."""
    means = nrr(tally)
    return sorted(means, key=lambda key: means[key])[:count]


def share_alike(given: Iterable[Mapping[str, int]]) -> Fraction | None:
    """Return the share of respondents who gave all their answers the same value; None without respondents."""
    alike = [len(set(answers.values())) == 1 for answers in given]
    return Fraction(sum(alike), len(alike)) if alike else None


def krejcie_morgan(population: int) -> int:
    """Return how many of a population are asked, by Krejcie and Morgan (1970), to the nearest whole person.

    The formula is X² N P (1 - P) / (d² (N - 1) + X² P (1 - P)). Raise ValueError for a population below zero.
    """
    if population < 0:
        raise ValueError(population)
    spread = CHI_SQUARE * PROPORTION * (1 - PROPORTION)
    return (spread * population / (ERROR**2 * (population - 1) + spread) + Fraction(1, 2)).__floor__()


def to_two_decimals(value: Fraction) -> Decimal:
    """Return the value with two decimals, rounded half up."""
    return Decimal((value * 100 + Fraction(1, 2)).__floor__()).scaleb(-2)
