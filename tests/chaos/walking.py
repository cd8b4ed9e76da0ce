"""Take one walk through the ten steps under a fault, and note what became of each act."""

import html
import re
from collections import Counter
from random import Random

from tests.chaos import checks, officer
from tests.chaos.faults import Fault
from tests.chaos.patience import comes_true, patient
from tests.chaos.people import LOST, Person
from tests.chaos.stage import PASSWORD, Stage
from tests.chaos.steps import Act, Walk, acts
from tests.waiting import PATIENCE

PRESSES = 12
"""How often a person presses again before giving up."""
PAUSE = 1
"""Seconds before a person presses again."""
REST = PATIENCE
"""Seconds in which the desk must come to rest by itself."""


class Walking:
    """A walk and its notes: how many acts were struck, how each stood afterwards, what does not hold."""

    def __init__(self, stage: Stage, fault: Fault, number: int, chance: Random) -> None:
        self.stage, self.fault, self.chance = stage, fault, chance
        self.wrong: list[str] = []
        self.steps: set[int] = set()
        self.notes: Counter[str] = Counter()
        self.walk = Walk(number, *(Person(stage.desk.port) for _ in range(3)), mails=stage.mails)

    def take(self) -> None:
        """Sign in, do every act, settle what the desk tells, and check the desk at rest."""
        self.stage.desk.wait_for_web()
        officer.clear_the_office()
        self.stage.mails.first_try = self.fault.mail
        for person, username in ((self.walk.officer, "rina"), (self.walk.head, "siti")):
            person.open("/masuk/")
            person.send("/masuk/", [("username", username), ("password", PASSWORD)])
        for act in acts():
            self._do(act)
        self._rest()

    def _do(self, act: Act) -> None:
        """Wait until the act is possible, strike, note its state, and press again until it is done."""
        if not comes_true(lambda: act.before(self.walk) or officer.settle(self.walk), REST):
            raise TimeoutError(f"step {act.step}, {act.name}: what comes before it did not come")
        press = patient(lambda: act.ready(self.walk))
        if act.is_struck:
            status = self.fault.strike(self.stage, press, self.chance)
            self._note(act, status)
        for _ in range(PRESSES):
            self.stage.desk.wait_for_web()
            if self._is_done(act, press):
                return
            self.notes["pressed again"] += act.is_struck
            patient(lambda: act.ready(self.walk))()
            comes_true(lambda: all(act.shows(self.walk)), PAUSE)
        if not self._is_done(act, press):
            said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", said)) for said in self._messages(act))
            raise TimeoutError(
                f"step {act.step}, {act.name}: not done after {PRESSES} presses. {' '.join(said.split())}"
            )

    def _messages(self, act: Act) -> list[str]:
        """Return what the desk says on the person's next page."""
        page = getattr(self.walk, act.who).open(patient(lambda: act.page(self.walk)))[1]
        return re.findall(r'role="(?:status|alert)"[^>]*>(.{,400})', page, re.DOTALL)[:2]

    def _is_done(self, act: Act, press) -> bool:
        shown = patient(lambda: act.shows(self.walk))
        return all(shown) if shown else press() == 200

    def _note(self, act: Act, status: int) -> None:
        """Note the state of the act after the fault, before it is pressed again."""
        self.steps.add(act.step)
        self.notes["struck"] += 1
        self.notes["answers lost" if status == LOST or status >= 500 else "answered"] += 1
        shown = patient(lambda: act.shows(self.walk))
        if not shown:
            return
        state = "whole" if all(shown) else "torn" if any(shown) else "absent"
        self.notes[state] += 1
        if state == "torn":
            self.wrong.append(f"step {act.step}, {act.name}: torn")
        if state == "absent" and status in (200, 302) and not self.fault.may_refuse:
            self.wrong.append(f"step {act.step}, {act.name}: answered {status}, but not done")

    def _rest(self) -> None:
        """Check that the desk comes to rest by itself, and what it has kept."""
        self.stage.mails.first_try = ""
        if not comes_true(lambda: not checks.still_owed(), REST):
            self.wrong.append(f"not at rest: {', '.join(checks.still_owed())}")
        patient(lambda: officer.settle(self.walk))
        comes_true(lambda: not checks.still_owed(), REST)
        walk = self.walk
        self.wrong += checks.wrong_numbers() + checks.wrong_files() + checks.wrong_acts(walk)
        self.wrong += checks.wrong_mails(walk, self.stage.mails)
        for who, path in checks.pages_of(walk):
            status = getattr(walk, who).open(path)[0]
            if status != 200:
                self.wrong.append(f"{path.split('/')[1]}: {status}")
        from office.models import Mail

        for mail in Mail.objects.filter(to=walk.email):
            self.notes[f"mails {mail.status}"] += 1

    def row(self) -> dict:
        """Return the row of the table."""
        fault = {"fault": self.fault.name, "words": self.fault.words}
        return fault | {"steps": sorted(self.steps), "notes": dict(self.notes), "wrong": self.wrong}
