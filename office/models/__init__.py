from office.models.account_events import AccountEvent
from office.models.clock import ClockMark
from office.models.days import CalendarChange, CalendarYear, DayOff
from office.models.desk import Counter, Service
from office.models.devices import Device
from office.models.letter_style import LetterStyle
from office.models.mails import Mail
from office.models.people import Head, User
from office.models.profile import TOLD_FROM, Office, SigningRoute
from office.models.pulses import Pulse
from office.models.second_factor import RecoveryCode, SecondFactor
from office.models.sign_in import KnownBrowser, SignIn
from office.models.standard import ServiceStandard, StandardComponent, StandardQuestion

__all__ = [
    "TOLD_FROM",
    "AccountEvent",
    "CalendarChange",
    "CalendarYear",
    "ClockMark",
    "Counter",
    "DayOff",
    "Device",
    "Head",
    "KnownBrowser",
    "LetterStyle",
    "Mail",
    "Office",
    "Pulse",
    "RecoveryCode",
    "SecondFactor",
    "Service",
    "ServiceStandard",
    "SignIn",
    "SigningRoute",
    "StandardComponent",
    "StandardQuestion",
    "User",
]
