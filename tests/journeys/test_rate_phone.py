"""A visitor rates on a small telephone without scrolling: question, answers and the way back are on the screen."""

import pytest
from playwright.sync_api import Page, expect

from guestbook.models import Visit
from guestbook.workflow import Status
from tests.factories import VisitFactory
from tests.journeys.test_accessibility import complaints_now

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "fieldset:visible"
SMALL = (360, 640)


@pytest.fixture
def visit(office) -> Visit:
    return VisitFactory(status=Status.SERVED)


def hidden_of(page: Page, parts: list[str]) -> list[str]:
    """Return which of the visible elements are not wholly on the screen, or lie under the bar of the buttons."""
    height = page.viewport_size["height"]
    bar = page.locator(".actions").bounding_box()["y"]
    hidden = []
    for part in parts:
        for one in page.locator(part).all():
            box = one.bounding_box()
            limit = height if part.startswith(".actions") else bar
            if box and (box["y"] < 0 or box["y"] + box["height"] > limit + 1):
                hidden.append(f"{part}: {box}")
    return hidden


@pytest.mark.parametrize("screen", [(390, 844), SMALL])
def test_each_question_is_whole_on_the_screen_and_its_answers_stay_at_one_place(visit, new_page, picture, screen):
    phone = new_page(*screen)
    phone.goto(f"/nilai/{visit.token}/")
    hidden = hidden_of(phone, [".face", "h1", ".actions button"])
    phone.get_by_role("button", name="Sangat puas").click()

    places, found = set(), []
    for number in range(1, 10):
        expect(phone.get_by_text(f"Pertanyaan {number} dari 9")).to_be_visible()
        hidden += hidden_of(phone, [f"{QUESTION} legend", f"{QUESTION} .answer", ".actions > :visible"])
        places.add(phone.locator(f"{QUESTION} .answer").first.bounding_box()["y"])
        if number in (1, 5):
            found += complaints_now(phone)
        if number == 5 and screen == SMALL:
            picture(phone, "rating-phone")
        phone.locator(f"{QUESTION} .answer").last.click()
    expect(phone.get_by_role("heading", name="Ada saran untuk kami?")).to_be_visible()

    assert hidden == []
    assert len(places) == 1
    assert phone.evaluate("document.documentElement.scrollWidth") <= screen[0]
    assert found == []
