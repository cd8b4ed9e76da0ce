"""What every sign-in does at its end, with or without a second step."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from office.browsers import keep_browser_key, key_of_browser, new_browser_key
from office.last_seen import DUE, SEEN
from office.proof import note_proof
from office.requests import staff_of
from office.second_factor_actions import must_enrol
from office.sign_in_actions import note_browser, note_sign_in


def welcome(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Keep the browser and the session as the user's, and return the answer with the browser's key."""
    session, user, agent = request.session, staff_of(request), request.headers.get("User-Agent", "")
    key = key_of_browser(request) or new_browser_key()
    note_browser(user, key=key, agent=agent)
    note_sign_in(user, session_key=session.session_key or "", agent=agent)
    session[SEEN] = timezone.now().timestamp()
    note_proof(request)
    if must_enrol(user):
        session[DUE] = True
    keep_browser_key(answer, key)
    return answer
