"""The prepared WhatsApp message about a letter. The officer opens it in a browser: the desk calls no network."""

from urllib.parse import quote

from django.template.loader import render_to_string

from office.models import Office
from office.phones import whatsapp_number
from recommendations.links import download_url
from recommendations.models import DownloadLink


def message_about(link: DownloadLink) -> str:
    """Return the words for the applicant: which letter, where to fetch it, and where to check it."""
    office, letter = Office.objects.current(), link.letter
    facts = {
        "letter": letter,
        "words": letter.content,
        "link": link,
        "download_url": download_url(link, office),
        "office": office,
    }
    return render_to_string("recommendations/letter/whatsapp.txt", facts).strip()


def whatsapp_address(phone: str, text: str) -> str:
    """Return the address that opens WhatsApp with the text for a stored number; "" when it cannot have WhatsApp."""
    number = whatsapp_number(phone)
    return f"https://wa.me/{number}?text={quote(text, safe='')}" if number else ""
