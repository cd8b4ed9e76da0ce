"""Every act that is not allowed raises a `Refused`, and every view catches it and shows its message."""

import ast
import inspect
import uuid
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver, reverse

from guestbook import workflow as visits
from office.refusals import Refused
from recommendations import workflow as submissions
from recommendations.examination.actions import examining as examination
from recommendations.models import Dispatch
from recommendations.promise.forms import moving
from recommendations.workflow import MoveNotAllowed
from tests.factories import issued_submission
from tests.raising import APPS, Reader, functions, leaving, modules

NO_REFUSALS = {
    "AnswerLost": "the worker meets it while it sends a mail, and saves it in the mail's row",
    "Stalled": "as AnswerLost",
    "ReceiverStalled": "as AnswerLost",
    "AnswerNotSmtp": "as AnswerLost",
    "NotAClass": "the form offers only classes that there are: a mistake of the caller",
    "NotAPeriod": "an address that names no period: not found",
    "NotSkmAnswers": "only answers that the database holds, or that a reader has checked, are counted",
    "RowsFailed": "the clock's commands raise it at their end, so that they count as failed",
    "OddIndex": "the child process answers it as a problem of the file",
    "NoSuchPage": "an address of a page that the paper does not have: not found",
}
"""The exceptions of the apps that are no refusals, each with the reason: no button or form of a page leads to it."""
NOT_BY_A_BUTTON = {
    **dict.fromkeys(
        product(
            (
                "assign_complaint",
                "class_dates",
                "rate_handling",
                "_reopen",
                "_follow",
                "_move",
                "_moved_dates",
                "receive",
                "_received",
                "ordinary_class",
                "close_complaint",
                "_give",
                "_given",
                "_give_at_once",
                "rate",
                "complain_with_rating",
            ),
            ["ValueError"],
        ),
        "a term of no days; the database refuses that",
    ),
    **dict.fromkeys(
        product(("follow_calendar", "give_waiting", "tell_heads_of_left"), ["RowsFailed"]), "the clock alone calls them"
    ),
    ("save_head", "ValidationError"): "the admin's form says it at the field, under the same lock",
    ("classify_visitor", "NotAClass"): "the form offers only classes that there are",
    ("sign_directly", "OSError"): "raised to the signing program, which goes on with the other letters",
    **dict.fromkeys(
        product(("freeze_report", "_frozen"), ["NotSkmAnswers"]),
        "the constraint of the table lets only answers of the SKM in",
    ),
    ("promise_from", "ValueError"): "less than one working day is promised; the office's profile refuses that",
    ("record_complete", "ValueError"): "as promise_from",
    **dict.fromkeys(
        product(("issue_several", "_issued", "_issue_next"), ["ValueError"]), "as issue_letter, which they call"
    ),
    ("issue_letter", "ValueError"): "a round or a surat pengantar without a date; a form is not recorded complete so",
    ("move_due_date", "ValueError"): "a round without dates; only a recorded round has a promise to move",
}
"""Each exception that may leave an action and is no refusal, with the reason why no officer can meet it."""
OF_ROWS = {"UnknownItem": "most views read the items of the form itself, and of rows that were saved on one of them"}
"""The refusals that may leave a view, each with the reason why no officer can meet it there."""


def test_every_exception_of_the_apps_is_a_refusal_but_for_those_with_a_reason():
    defined = {
        one
        for module in modules()
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, Exception) and one.__module__.partition(".")[0] in APPS
    }

    others = {one.__name__ for one in defined if not issubclass(one, Refused)}

    assert len(defined) > 60
    assert others == set(NO_REFUSALS)


def test_every_exception_that_an_action_raises_is_a_refusal_but_for_those_with_a_reason():
    found = [(name, module) for (_, name), (_, module) in functions().items() if is_of_actions(module)]
    actions = [getattr(module, name) for name, module in found if "." not in name]

    raised = {(action.__name__, one) for action in actions for one in leaving(action)}
    others = {(name, one.__name__) for name, one in raised if not issubclass(one, Refused)}

    assert len(actions) > 100
    assert others == NOT_BY_A_BUTTON.keys()
    assert ("verify", MoveNotAllowed) in raised


def is_of_actions(module) -> bool:
    return "actions" in module.__name__.split(".") or module.__name__.endswith("_actions")


def test_no_refusal_leaves_a_view():
    pages = dict(views(get_resolver()))

    left = {name: refusals_of(view) for name, view in pages.items() if refusals_of(view)}

    assert len(pages) > 100
    assert left == {}


def views(resolver: URLResolver) -> Iterator[tuple[str, Callable]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern)
        elif inspect.isroutine(pattern.callback):
            yield str(pattern.lookup_str), pattern.callback


def refusals_of(view: Callable) -> list[str]:
    return sorted(one.__name__ for one in leaving(view) if issubclass(one, Refused) and one.__name__ not in OF_ROWS)


def test_exceptions_that_an_except_clause_does_not_name_leave_the_view():
    view = ast.parse("def view(submission):\n try:\n  verify(submission)\n except CorrectionsOpen:\n  pass").body[0]

    left = Reader(examination, view).of_all(view.body)

    assert left == leaving(examination.verify) - {examination.CorrectionsOpen}
    assert len(left) == 7


def test_exceptions_of_a_method_leave_the_function_that_calls_it():
    function = ast.parse("def function(draft: CalendarChangeForm):\n draft.clean_file()").body[0]

    left = Reader(moving, function).of_all(function.body)

    assert ValidationError in left


@pytest.mark.parametrize(
    ("life", "move", "status", "words"),
    [
        (visits, "call", "served", "Kunjungan ini selesai; “Panggil” tidak dapat dilakukan lagi."),
        (
            *(submissions, "verify", "closed"),
            "Permohonan ini berstatus Selesai; “Diverifikasi” tidak dapat dilakukan sekarang.",
        ),
    ],
)
def test_each_workflow_has_its_own_message_for_a_move_that_is_not_allowed(life, move, status, words):
    with pytest.raises(Refused) as refusal:
        life.status_after(life.Move(move), life.Status(status))

    assert type(refusal.value) is life.MoveNotAllowed
    assert str(refusal.value) == words
    assert life.Move(move) not in life.moves_from(life.Status(status))


def test_a_letter_cannot_be_handed_over_before_it_is_signed(client_of, petugas, kepala):
    submission = issued_submission(petugas, kepala)
    typed = {"to": "Budi Contoh", "form_token": str(uuid.uuid4())}

    answer = client_of(petugas).post(reverse("recommendations:hand_over", args=[submission.pk]), typed, follow=True)

    assert "Permohonan ini berstatus Menunggu tanda tangan" in answer.content.decode()
    assert not Dispatch.objects.exists()
