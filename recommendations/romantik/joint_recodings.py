"""Recodings for the questions of MS-Keg that depend on several answers on paper."""

from office.dates import iso_date
from recommendations.instruments.conditions import Answers
from recommendations.instruments.structure import Instrument
from recommendations.romantik.rules import Converted, Recoding

YES, NO = 1, 2


PROBABILITY = 1  # FS3 5.5
NON_PROBABILITY = {1: 6, 2: 7, 3: 8, 4: 10, 5: 9}  # FS3 5.6 -> MS-Keg 5.3: there, snowball is 9 and saturation 10


def sampling_method_of(kind: str, non_probability: str, in_words: str) -> Recoding:
    """Return the recoding of the sampling method.

    FS3 5.6 has codes for non-probability samples. For probability samples, FS3 6.3 has only words: the officer decides.
    """

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        code = NON_PROBABILITY.get(answers.get(non_probability, 0))
        if code and answers.get(kind) != PROBABILITY:
            return Converted(code)
        return Converted(why="Uraian: pilih kode metode yang sesuai (1 sampai 5 probabilitas, 6 sampai 10 tidak).")

    return Recoding((non_probability, in_words), convert)


def digital_of(electronic: str, macro: str) -> Recoding:
    """Return the recoding of digital products.

    FS3 7.4 asks for macro data separately; MS-Keg 8.1 has only print, digital and micro data. The officer decides when
    there are macro data but no electronic publication.
    """

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        if answers.get(electronic) == YES:
            return Converted(YES)
        if answers.get(macro) == YES:
            return Converted(why="Bukan publikasi elektronik, tetapi ada Macro Data: tentukan apakah tersedia digital.")
        return Converted(NO) if answers.get(electronic) == NO else Converted()

    return Recoding((electronic, macro), convert)


def release_of(day: str, *products: str) -> Recoding:
    """Return the recoding of the release date.

    The paper has one date, MS-Keg 8.2 one for each product. The date is certain only when one product is published;
    otherwise the officer decides.
    """

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        published = [product for product in products if answers.get(product) == YES]
        date = iso_date(answers.get(day))
        if len(published) == 1 and date:
            return Converted(date.isoformat())
        return Converted(why="MS-Keg meminta tanggal untuk setiap produk; formulir menyebut satu tanggal.")

    return Recoding((day,), convert)
