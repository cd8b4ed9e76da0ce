"""Bar charts as whole numbers for the attributes of an SVG: no style, no script, no request. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, NARROW = 300, 224
"""Equal to the width in pixels on the page, so that text in the chart is as large as the text around it."""
TALL = 150
"""The height of upright bars; labels are below them, the highest value above."""
TOP, FOOT = 18, 20
ROW, THICK = 40, 14
ROOM_FOR_VALUE = 44
BarValue = int | Decimal


@dataclass(frozen=True)
class Bar:
    """A rectangle, its label and its value. The text places are the start or the middle of the text (`anchor`)."""

    value: BarValue
    x: int
    y: int
    width: int
    height: int
    label: str
    label_x: int
    label_y: int
    value_x: int
    value_y: int
    shows_value: bool


@dataclass(frozen=True)
class Chart:
    """A chart. `anchor` aligns its texts: "middle" under upright bars, "start" on horizontal bars."""

    title: str
    height: int
    anchor: str
    bars: list[Bar]
    width: int

    @property
    def base(self) -> int:
        """The height of the base line of upright bars."""
        return TOP + TALL


def lying(title: str, named: Sequence[tuple[str, BarValue]], width: int = WIDTH, *, full: int = 0) -> Chart:
    """Return horizontal bars, one per row, with the name above each bar, so that names can have any length.

    The longest bar is that of the value `full`, of a scale that ends; without it, that of the largest value.
    """
    most = full or max((value for _, value in named), default=0)
    bars = [
        Bar(
            value=value,
            x=0,
            y=place * ROW + 18,
            width=_part(value, most, width - ROOM_FOR_VALUE),
            height=THICK,
            label=label,
            label_x=0,
            label_y=place * ROW + 13,
            value_x=_part(value, most, width - ROOM_FOR_VALUE) + 6,
            value_y=place * ROW + 29,
            shows_value=True,
        )
        for place, (label, value) in enumerate(named)
    ]
    return Chart(title, len(named) * ROW, "start", bars, width)


def upright(title: str, named: Sequence[tuple[str, BarValue]]) -> Chart:
    """Return bars side by side, for time. Empty labels are not drawn, and only the highest bar shows its value."""
    most = max((value for _, value in named), default=0)
    peak = next((place for place, (_, value) in enumerate(named) if value == most and most), None)
    bars = [
        _standing(place, len(named), label, value, most, place == peak) for place, (label, value) in enumerate(named)
    ]
    return Chart(title, TOP + TALL + FOOT, "middle", bars, WIDTH)


def _standing(place: int, count: int, label: str, value: BarValue, most: BarValue, is_peak: bool) -> Bar:
    left, right = place * WIDTH // count, (place + 1) * WIDTH // count
    gap = 1 if right - left < 12 else 4
    height = _part(value, most, TALL)
    middle = min(max((left + right) // 2, 10), WIDTH - 10)
    return Bar(
        value=value,
        x=left,
        y=TOP + TALL - height,
        width=right - left - gap,
        height=height,
        label=label,
        label_x=middle,
        label_y=TOP + TALL + 15,
        value_x=middle,
        value_y=TOP + TALL - height - 5,
        shows_value=is_peak,
    )


def _part(value: BarValue, most: BarValue, room: int) -> int:
    """Return the length of a bar for `value` within `room`. A value above zero gets at least 2, to be visible."""
    return max(int(value * room // most), 2) if value else 0
