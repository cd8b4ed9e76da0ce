"""The rule on characters that the letter cannot print: the answers are printed in its annex."""

from collections.abc import Iterator

from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import WARNING, Facts, Hit, Rule
from recommendations.instruments.texts import character_name, listed, texts_in


def characters_rule(rule_id: str, title_item: str) -> Rule:
    """Return the rule for one form, of which `title_item` is the title."""
    return Rule(
        id=rule_id,
        level=WARNING,
        item=title_item,
        message="Surat tidak dapat mencetak tanda ini; ganti atau hapus.",
        source="usulan",
        check=unprintable_answers,
    )


def unprintable_answers(form: Reading, facts: Facts) -> Iterator[Hit]:
    """Yield a hit for each item with a character that cannot be printed. It names the item and the characters."""
    for item in form.instrument.items:
        characters = facts.unprintable("\n".join(texts_in(form.answers.get(item.id))))
        if characters:
            yield Hit(f"{item.label}: {listed([character_name(character) for character in characters])}.", item.id)
