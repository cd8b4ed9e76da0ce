"""The conversation that a reporter reads: each file is with the text that it came with. Theirs have neutral names."""

from complaints.actions.handling import answer
from complaints.actions.talking import give_file, reply
from complaints.talk import said_in
from recommendations.uploads import PDF
from tests.factories import assigned_complaint, paper


def test_a_file_is_with_the_text_that_it_came_with(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    give_file(complaint, file=paper("pertama.pdf", "pertama"), content_type=PDF)
    answer(complaint, text="Kami periksa.", by=petugas)
    reply(complaint, text="Ini fotonya.", papers=[(paper("kedua.pdf", "kedua"), PDF)])
    reply(complaint, papers=[(paper("ketiga.pdf", "ketiga"), PDF)])
    answer(complaint, text="Terima kasih.", by=petugas)

    begun, later = said_in(complaint)

    assert [file.name for file in begun.files] == ["berkas-1.pdf"]
    told = [
        (said.by_office, said.message.text if said.message else "", [file.name for file in said.files])
        for said in later
    ]
    assert told == [
        ("tanggapan", "Kami periksa.", []),
        ("", "Ini fotonya.", ["berkas-2.pdf"]),
        ("", "", ["berkas-3.pdf"]),
        ("tanggapan", "Terima kasih.", []),
    ]


def test_reading_it_needs_three_queries(petugas, kepala, django_assert_num_queries):
    complaint = assigned_complaint(petugas, by=kepala)
    for number in range(4):
        reply(complaint, text=f"Pesan {number}.", papers=[(paper(f"{number}.pdf", str(number)), PDF)])

    with django_assert_num_queries(3):
        said_in(complaint)
