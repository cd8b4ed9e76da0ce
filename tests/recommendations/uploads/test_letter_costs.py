"""A stranger's file on the page that checks a letter uses little time, whatever is in it."""

import io
from dataclasses import replace

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from recommendations.uploads import apart, signatures
from recommendations.uploads.child import signed_files
from recommendations.uploads.child.pdf_pages import MOST_NODES, leaves
from recommendations.uploads.refusal import TooComplex
from recommendations.uploads.signatures import JOB
from tests.recommendations.uploads.hostile_letters import many_nodes, many_objects, one_node_many_times
from tests.recommendations.uploads.letters import our_letter


def pages_of(pdf: bytes) -> int:
    return len(leaves(PdfFileReader(io.BytesIO(pdf)).root))


@pytest.mark.parametrize("make", [many_nodes, one_node_many_times])
def test_a_tree_of_pages_is_read_as_far_as_a_letter_goes(make):
    few = make(MOST_NODES - 2)

    assert pages_of(few) == 1
    with pytest.raises(TooComplex):
        pages_of(make(MOST_NODES - 1))


def test_a_file_with_more_objects_than_a_letter_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(signed_files, "kind_of", None)

    with pytest.raises(TooComplex):
        signed_files.read_signed_file(many_objects(signed_files.MOST_OBJECTS + 1), our_letter(pages=1))


def test_what_the_job_finds_too_complex_is_no_verdict_on_the_file():
    """Which exception it is decides whether the page says "not ours"."""
    with pytest.raises(TooComplex):
        apart.ask(JOB, many_nodes(MOST_NODES), our_letter(pages=1), limits=replace(apart.READ_SIGNED, seconds=300))


@pytest.mark.parametrize(("begins", "limits"), [(b"", apart.READ_FOR_VISITOR), (b"ours", apart.READ_OUR_LETTER)])
def test_only_a_file_that_begins_with_our_letter_may_take_the_time_of_one(monkeypatch, begins, limits):
    used = []
    answer = {"change": "x", "problem": "", "signatures": [], "is_copy": False}
    monkeypatch.setattr(signatures, "ask", lambda *_, limits: used.append(limits) or apart.ChildAnswer(answer, []))

    signatures.seen_file(begins + b" and more", drawn=b"ours", for_visitor=True)

    assert used == [limits]


def test_the_limits_for_a_visitors_file_are_those_of_any_refused_file():
    assert apart.READ_FOR_VISITOR.cpu < 2
    assert apart.DESCRIBE.cpu < 2
    assert max(apart.READ_FOR_VISITOR.memory, apart.DESCRIBE.memory) < 300
