"""Read telephone numbers as people type and paste them, and write them the Indonesian way. Pure.

The stored form is E.164, with an extension as in RFC 3966: `+6281234567890`, `+625113354221;ext=12`.
"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from office.refusals import Refused
from office.texts import tidy_line

HOME = "ID"
LONGEST_EXTENSION = 6
LABEL = re.compile(r"\b(?:hp|wa|no|nomor|telp|telepon|tel)\b[.: ]*", re.IGNORECASE)
EXTENSION = re.compile(r"\b(?:pesawat|psw|ekst|ext)\b[.: ]*", re.IGNORECASE)
MADE_BY_EXCEL = re.compile(r"(\+?[0-9]{5,15})[.,]0+")
SEVERAL = re.compile(r"\s*(?:[/,;\n]|\batau\b|\bdan\b|\s-\s)\s*", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")


class NotAPhone(Refused):
    """Raised when the text is not one telephone number."""


def stored_phone(typed: str) -> str:
    """Return the typed number in the stored form. A number without + or 00 is Indonesian. Raise NotAPhone.

    Accepts invisible characters, dots, dashes and brackets, `+62`, `0062`, `62`, `0` or nothing before the number, an
    extension (`ext 12`, `pesawat 12`), and `81234567890.0`, which Excel makes of a number.
    """
    words = LABEL.sub("", MADE_BY_EXCEL.sub(r"\1", tidy_line(typed)))
    number = _read(words)
    if number:
        extension = f";ext={number.extension}" if number.extension else ""
        return phonenumbers.format_number(number, PhoneNumberFormat.E164) + extension
    if sum(_read(part) is not None for part in SEVERAL.split(words)) > 1:
        raise NotAPhone("Tulis satu nomor telepon saja, contoh: 0812-3456-7890.")
    if sum(map(str.isdigit, words)) < 8:
        raise NotAPhone("Nomor telepon belum lengkap, contoh: 0812-3456-7890.")
    raise NotAPhone("Periksa nomor telepon ini, contoh: 0812-3456-7890. Nomor luar negeri: +60 12-345 6789.")


def check_phones(typed: str) -> None:
    """Raise NotAPhone unless the text is one telephone number or several, each with its area code."""
    for part in SEVERAL.split(tidy_line(typed)):
        stored_phone(part)


def _read(words: str) -> PhoneNumber | None:
    """Return the number that exists in the numbering plan of its country, or None."""
    plain, has_extension, extension = _parted(words)
    if LETTER.search(plain) or (has_extension and not re.fullmatch(rf"[0-9]{{1,{LONGEST_EXTENSION}}}", extension)):
        return None
    number = next(filter(phonenumbers.is_valid_number, _readings(plain)), None)
    if number and extension:
        number.extension = extension
    return number


def _parted(words: str) -> tuple[str, bool, str]:
    plain, *rest = EXTENSION.split(words, maxsplit=1)
    return plain.strip(" ,;("), bool(rest), "".join(rest).strip(" )")


def _readings(plain: str) -> Iterator[PhoneNumber]:
    """Yield the number as dialled in Indonesia, then with 00 read as +: Indonesians dial 001 or 007 abroad."""
    for candidate in (plain, re.sub(r"^\(?00", "+", plain)):
        try:
            yield phonenumbers.parse(candidate, HOME)
        except phonenumbers.NumberParseException:
            continue


def whatsapp_number(stored: str) -> str:
    """Return the digits of a stored number as WhatsApp's addresses want them; "" when it cannot have WhatsApp.

    A landline of Indonesia, an extension and a number that does not exist cannot.
    """
    try:
        number = phonenumbers.parse(stored)
    except phonenumbers.NumberParseException:
        return ""
    is_landline = phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE
    if number.extension or is_landline or not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164).removeprefix("+")


def shown_phone(stored: str) -> str:
    """Return `0812-3456-7890` for `+6281234567890`, `(0511) 3354221 psw. 12` for a landline, else `+60 12-345 6789`.

    An older row may hold a number that does not exist; it is returned unchanged.
    """
    plain, _, extension = stored.partition(";ext=")
    try:
        number = phonenumbers.parse(plain)
    except phonenumbers.NumberParseException:
        return stored
    if not phonenumbers.is_valid_number(number):
        return stored
    is_home = number.country_code == phonenumbers.country_code_for_region(HOME)
    way = PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, way) + (f" psw. {extension}" if extension else "")
