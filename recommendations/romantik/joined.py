"""The questions of MS-Keg that depend on several answers of the paper."""

from recommendations.instruments.conditions import Answers
from recommendations.instruments.dates import iso_date
from recommendations.instruments.structure import Instrument
from recommendations.romantik.rules import Converted, Recoding

YES, NO = 1, 2


PROBABILITY = 1  # FS3 5.5
NON_PROBABILITY = {1: 6, 2: 7, 3: 8, 4: 10, 5: 9}  # FS3 5.6 -> MS-Keg 5.3, where snowball (9) precedes saturation (10)


def sampling_method_of(kind: str, non_probability: str, in_words: str) -> Recoding:
    """FS3 5.6 has codes for non-probability samples; for probability samples FS3 6.3 tells the method in words."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        code = NON_PROBABILITY.get(answers.get(non_probability, 0))
        if code and answers.get(kind) != PROBABILITY:
            return Converted(code)
        return Converted(why="Uraian: pilih kode metode yang sesuai (1 sampai 5 probabilitas, 6 sampai 10 tidak).")

    return Recoding((non_probability, in_words), convert)


def digital_of(electronic: str, macro: str) -> Recoding:
    """FS3 7.4 tells macro data apart, MS-Keg 8.1 knows only print, digital and micro data."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        if answers.get(electronic) == YES:
            return Converted(YES)
        if answers.get(macro) == YES:
            return Converted(why="Bukan publikasi elektronik, tetapi ada Macro Data: tentukan apakah tersedia digital.")
        return Converted(NO) if answers.get(electronic) == NO else Converted()

    return Recoding((electronic, macro), convert)


def release_of(day: str, *products: str) -> Recoding:
    """One date on paper; MS-Keg 8.2 has one a product. Sure only when there is one product."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        published = [product for product in products if answers.get(product) == YES]
        date = iso_date(answers.get(day))
        if len(published) == 1 and date:
            return Converted(date.isoformat())
        return Converted(why="MS-Keg meminta tanggal untuk setiap produk; formulir menyebut satu tanggal.")

    return Recoding((day,), convert)
