"""How alike two statistical activities are: mostly their titles, then their variables and agency. Pure.

The reason why the law asks for recommendations is that nothing is collected twice (UU 16/1997, PP 51/1999).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

LONGEST_TITLE, LONGEST_WORD, MOST_WORDS = 500, 40, 40
TELLING_WEIGHT, QUIET_WEIGHT = 5, 1
"""What a word counts."""
QUIET = frozenset(
    (
        # what every activity calls itself
        *("survei", "survey", "sensus", "kompilasi", "pendataan", "pengumpulan", "penyusunan", "kajian", "kegiatan"),
        *("laporan", "produk", "data", "statistik"),
        # where, and when
        *("kota", "kabupaten", "kab", "provinsi", "prov", "kecamatan", "kec", "kelurahan", "desa", "wilayah", "daerah"),
        *("banjarmasin", "kalimantan", "utara", "selatan", "timur", "barat", "tengah"),
        *("tahun", "triwulan", "semester", "bulan", "periode", "i", "ii", "iii", "iv"),
        # what holds words together
        *("di", "ke", "dari", "pada", "terhadap", "untuk", "dalam", "atas", "oleh", "dengan", "dan", "atau", "yang"),
        *("tentang", "mengenai", "menurut", "se", "antar", "dinas", "badan", "kantor"),
    )
)
"""Words that most titles share and that tell no activity from another; numbers (years) are quiet as well."""

NO_WORD = re.compile(r"[\W_]+")

VERY_ALIKE = 0.8
"""From here on an examiner must say whether it is a duplicate. The same title is 1; another year in it leaves 0.9."""
WORTH_SHOWING = 0.3
"""Below it, two activities have a word or two in common and no more."""
NAMES = ((1.0, "Judul sama"), (VERY_ALIKE, "Judul hampir sama"), (0.5, "Judul mirip"), (0.0, "Judul agak mirip"))


def plain(text: str) -> str:
    """Letters and digits in lower case, without accents, words parted by one space."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    if not folded.isascii():
        folded = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return NO_WORD.sub(" ", folded).strip()


def title_words(title: str) -> list[str]:
    """The words of a title, each once, plain."""
    words = (word[:LONGEST_WORD] for word in plain(title[:LONGEST_TITLE]).split())
    return list(dict.fromkeys(words))[:MOST_WORDS]


def is_quiet(word: str) -> bool:
    return word in QUIET or word.isdigit()


def telling_words(title: str) -> list[str]:
    """The words by which an activity is found; all of them when there are none but quiet ones."""
    words = title_words(title)
    return [word for word in words if not is_quiet(word)] or words


@lru_cache(maxsize=10_000)
def trigrams(word: str) -> frozenset[str]:
    """Every three signs in a row, with two spaces before and one behind, as PostgreSQL's pg_trgm counts them."""
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def word_likeness(one: str, other: str) -> float:
    """The share of the trigrams that two words have in common, from 0 to 1."""
    ones, others = trigrams(one), trigrams(other)
    return len(ones & others) / len(ones | others)


@dataclass(frozen=True, slots=True)
class Activity:
    """What is compared: plain names, and the weight of every trigram of the title."""

    title: dict[str, int]
    agency: str
    variables: frozenset[str]


def plain_names(names: Iterable[str]) -> list[str]:
    """The names of variables made comparable, without empty ones."""
    return list(filter(None, (plain(name[:LONGEST_TITLE]) for name in names)))


def activity(title: str, variables: Iterable[str], agency: str) -> Activity:
    """Title and agency as typed; `variables` are plain names."""
    weights: dict[str, int] = {}
    for word in title_words(title):
        weight = QUIET_WEIGHT if is_quiet(word) else TELLING_WEIGHT
        for gram in trigrams(word):
            weights[gram] = max(weight, weights.get(gram, 0))
    return Activity(weights, plain(agency[:LONGEST_TITLE]), frozenset(variables))


@dataclass(frozen=True, slots=True)
class Likeness:
    """`title` from 0 to 1; `shared` of the `variables` asked about; `most_variables` that one of the two has."""

    title: float
    shared: int
    variables: int
    most_variables: int
    same_agency: bool

    @property
    def score(self) -> float:
        """From 0 to 1. Variables and agency can only bring two activities nearer than their titles are."""
        share = self.shared / self.most_variables if self.most_variables else 0.0
        return max(self.title, 0.7 * self.title + 0.25 * share + 0.05 * self.same_agency)

    @property
    def is_very_alike(self) -> bool:
        return self.score >= VERY_ALIKE

    @property
    def words(self) -> str:
        """For the screen: "Judul mirip, instansi yang sama, 10 dari 11 variabel sama"."""
        told = [next(name for least, name in NAMES if self.title >= least)]
        told += ["instansi yang sama"] if self.same_agency else []
        told += [f"{self.shared} dari {self.variables} variabel sama"] if self.shared else []
        return ", ".join(told)


def likeness(asked: Activity, other: Activity) -> Likeness:
    """How alike `other` is to the activity asked about."""
    return Likeness(
        title=_title_likeness(asked.title, other.title),
        shared=len(asked.variables & other.variables),
        variables=len(asked.variables),
        most_variables=max(len(asked.variables), len(other.variables)),
        same_agency=bool(asked.agency) and asked.agency == other.agency,
    )


def _title_likeness(one: dict[str, int], other: dict[str, int]) -> float:
    """The weight of the trigrams in common, of the weight of all: as `similarity` of pg_trgm, but weighed."""
    common = sum(min(one[gram], other[gram]) for gram in one.keys() & other.keys())
    every = sum(one.values()) + sum(other.values()) - common
    return common / every if every else 0.0
