"""Measures how alike two statistical activities are: mainly by title, then by variables and agency. Pure.

The law asks for recommendations so that no data are collected twice (UU 16/1997, PP 51/1999).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

LONGEST_TITLE, LONGEST_WORD, MOST_WORDS = 500, 40, 40
TELLING_WEIGHT, QUIET_WEIGHT = 5, 1
"""The weight of a word that tells activities apart, and of a quiet one (see QUIET)."""
QUIET = frozenset(
    (
        # words for any activity
        *("survei", "survey", "sensus", "kompilasi", "pendataan", "pengumpulan", "penyusunan", "kajian", "kegiatan"),
        *("laporan", "produk", "data", "statistik"),
        # places and times
        *("kota", "kabupaten", "kab", "provinsi", "prov", "kecamatan", "kec", "kelurahan", "desa", "wilayah", "daerah"),
        *("banjarmasin", "kalimantan", "utara", "selatan", "timur", "barat", "tengah"),
        *("tahun", "triwulan", "semester", "bulan", "periode", "i", "ii", "iii", "iv"),
        # prepositions, conjunctions, and words for any agency
        *("di", "ke", "dari", "pada", "terhadap", "untuk", "dalam", "atas", "oleh", "dengan", "dan", "atau", "yang"),
        *("tentang", "mengenai", "menurut", "se", "antar", "dinas", "badan", "kantor"),
    )
)
"""Words that most titles share, so that they do not tell activities apart. Numbers (years) are quiet too."""

NO_WORD = re.compile(r"[\W_]+")

VERY_ALIKE = 0.8
"""From this score on, the examiner must decide about a duplicate.

The same title scores 1; the same title with another year scores about 0.9.
"""
WORTH_SHOWING = 0.3
"""Below this score, two activities have only a word or two in common."""
NAMES = ((1.0, "Judul sama"), (VERY_ALIKE, "Judul hampir sama"), (0.5, "Judul mirip"), (0.0, "Judul agak mirip"))


def plain(text: str) -> str:
    """Return the letters and digits of a text in lower case, without accents, with one space between words."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    if not folded.isascii():
        folded = "".join(character for character in folded if not unicodedata.combining(character))
    return NO_WORD.sub(" ", folded).strip()


def title_words(title: str) -> list[str]:
    """Return the plain words of a title, each once, at most MOST_WORDS."""
    words = (word[:LONGEST_WORD] for word in plain(title[:LONGEST_TITLE]).split())
    return list(dict.fromkeys(words))[:MOST_WORDS]


def is_quiet(word: str) -> bool:
    return word in QUIET or word.isdigit()


def telling_words(title: str) -> list[str]:
    """Return the words by which an activity is found: those that are not quiet, or all when all are quiet."""
    words = title_words(title)
    return [word for word in words if not is_quiet(word)] or words


@lru_cache(maxsize=10_000)
def trigrams(word: str) -> frozenset[str]:
    """Return every three characters in a row, with two spaces before the word and one behind, like pg_trgm."""
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def word_likeness(one: str, other: str) -> float:
    """Return the share of trigrams that two words have in common, from 0 to 1."""
    ones, others = trigrams(one), trigrams(other)
    return len(ones & others) / len(ones | others)


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity ready to compare: the weight of every trigram of its title; agency and variables as plain text."""

    title: dict[str, int]
    agency: str
    variables: frozenset[str]


def plain_names(names: Iterable[str]) -> list[str]:
    """Return the names of variables as plain text, without empty ones."""
    return list(filter(None, (plain(name[:LONGEST_TITLE]) for name in names)))


def activity(title: str, variables: Iterable[str], agency: str) -> Activity:
    """Return an activity ready to compare. `title` and `agency` are as typed, `variables` are plain names."""
    weights: dict[str, int] = {}
    for word in title_words(title):
        weight = QUIET_WEIGHT if is_quiet(word) else TELLING_WEIGHT
        for gram in trigrams(word):
            weights[gram] = max(weight, weights.get(gram, 0))
    return Activity(weights, plain(agency[:LONGEST_TITLE]), frozenset(variables))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two activities are: `title` from 0 to 1, and how many variables they share.

    `variables` is the number of variables of the activity asked about, `shared` how many of them the other has too,
    `most_variables` the larger number of variables of the two.
    """

    title: float
    shared: int
    variables: int
    most_variables: int
    same_agency: bool

    @property
    def score(self) -> float:
        """Return the likeness from 0 to 1. Variables and agency can only raise the likeness of the titles."""
        share = self.shared / self.most_variables if self.most_variables else 0.0
        return max(self.title, 0.7 * self.title + 0.25 * share + 0.05 * self.same_agency)

    @property
    def is_very_alike(self) -> bool:
        return self.score >= VERY_ALIKE

    @property
    def words(self) -> str:
        """Return words for the screen: "Judul mirip, instansi yang sama, 10 dari 11 variabel sama"."""
        told = [next(name for least, name in NAMES if self.title >= least)]
        told += ["instansi yang sama"] if self.same_agency else []
        told += [f"{self.shared} dari {self.variables} variabel sama"] if self.shared else []
        return ", ".join(told)


def likeness(asked: Activity, other: Activity) -> Likeness:
    """Return how alike `other` is to the activity asked about."""
    return Likeness(
        title=_title_likeness(asked.title, other.title),
        shared=len(asked.variables & other.variables),
        variables=len(asked.variables),
        most_variables=max(len(asked.variables), len(other.variables)),
        same_agency=bool(asked.agency) and asked.agency == other.agency,
    )


def _title_likeness(one: dict[str, int], other: dict[str, int]) -> float:
    """Return the weight of the common trigrams divided by the weight of all: `similarity` of pg_trgm, with weights."""
    common = sum(min(one[gram], other[gram]) for gram in one.keys() & other.keys())
    every = sum(one.values()) + sum(other.values()) - common
    return common / every if every else 0.0
