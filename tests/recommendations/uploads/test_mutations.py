"""A damaged file ends in a refusal or a preview. `make bench` tries thousands more."""

from collections import Counter

import pytest

from tests.recommendations.uploads.mutations import ENDS, WHOLE, ends_of, mutated

EACH = 60


@pytest.mark.parametrize("kind", WHOLE)
def test_a_damaged_file_ends_in_a_refusal_or_a_preview(kind):
    ends = Counter(ends_of([mutated(kind, seed) for seed in range(EACH)]))

    assert sum(ends.values()) == EACH
    assert set(ends) <= ENDS


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_is_not_refused(kind):
    assert set(ends_of([WHOLE[kind]])) <= ENDS - {"refused"}


def test_a_seed_always_gives_the_same_damage():
    assert mutated("PDF", 7) == mutated("PDF", 7) != mutated("PDF", 8)
