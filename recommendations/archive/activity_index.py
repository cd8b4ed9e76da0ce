"""The index of words by which activities are found. Words are compared by trigrams, activities ranked by rare words.

Titles have few distinct words. A search compares the words of a title with these words, not with whole titles. This is
fast enough for 200,000 titles (docs/decisions/0009-similar-by-trigrams.md).
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import log

from django.core.cache import cache
from django.db import connection
from django.db.models import Case, Count, FloatField, Min, Sum, Value, When
from django.db.models.functions import Abs

from recommendations.likeness import plain_names, telling_words, word_likeness
from recommendations.models import ActivityIndex, ActivityPosting, ActivityWord, ArchivedActivity, Round

A_BATCH = 500
LIKE_ENOUGH = 0.45
"""How alike two words must be to count as one, e.g. with a typing error or another ending."""
MOST_LIKE_WORDS = 3
"""The most words of the index that count as one word of the title."""
COUNT_AGE = 10 * 60
"""Seconds for which the number of titles with a word stays in the cache. It is only a weight, so it may be old."""
MOST_POSTINGS = 30_000
"""The most rows that one search reads, rare words first. The rarest word is always read, however frequent it is."""

NEAREST_SQLITE = (
    "SELECT * FROM (SELECT rowid, word FROM recommendations_activityword_trigrams"
    " WHERE recommendations_activityword_trigrams MATCH %s ORDER BY rank LIMIT 20)"
)


def keep_submission(current: Round) -> None:
    """Save title and variables of a submission's current round in the index. Call in the transaction of the round."""
    found = ActivityIndex(submission=current.submission, variables="\n".join(plain_names(current.variables)))
    _keep([found], [current.title], whose="submission")


def keep_archived(activities: Sequence[ArchivedActivity]) -> None:
    """Save these older activities in the index. Pass a few hundred at a time: it is one statement."""
    names = [plain_names(one.variables.splitlines()) for one in activities]
    found = [
        ActivityIndex(archived=one, variables="\n".join(each)) for one, each in zip(activities, names, strict=True)
    ]
    _keep(found, [one.title for one in activities], whose="archived")


def _keep(found: Sequence[ActivityIndex], titles: Sequence[str], *, whose: str) -> None:
    """Save a row for each activity, with postings of exactly the words that its title has now."""
    words = [telling_words(title) for title in titles]
    every = {word for some in words for word in some}
    keep_words(every)
    ActivityIndex.objects.bulk_create(
        found, update_conflicts=True, unique_fields=[whose], update_fields=["variables"], batch_size=A_BATCH
    )
    ActivityPosting.objects.filter(activity__in=found).delete()
    kept = dict(ActivityWord.objects.filter(word__in=every).values_list("word", "pk"))
    rows = [
        ActivityPosting(word_id=kept[word], activity_id=one.pk, length=len(some))
        for one, some in zip(found, words, strict=True)
        for word in some
    ]
    ActivityPosting.objects.bulk_create(rows, batch_size=A_BATCH)


def keep_words(words: Iterable[str]) -> None:
    """Save rows for words that have none. They are sorted, so that two transactions at once cannot deadlock."""
    rows = [ActivityWord(word=word) for word in sorted(set(words))]
    ActivityWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=A_BATCH)


def candidates(title: str, *, most: int) -> list[int]:
    """Return the ids of at most `most` activities that share telling words with `title`. Rare words count more.

    Among equals, titles with the closest number of telling words come first, so that the same title stays in the list.
    Return an empty list when the index has no word like one of `title`.
    """
    words = telling_words(title)
    weights = _weights(_words_like(words)) if words else {}
    if not weights:
        return []
    weight = Case(*[When(word=pk, then=Value(weight)) for pk, weight in weights.items()], output_field=FloatField())
    sharing = ActivityPosting.objects.filter(word__in=weights).values("activity")
    ranked = sharing.annotate(weight=Sum(weight), length_gap=Abs(Min("length") - len(words)))
    return list(ranked.order_by("-weight", "length_gap", "-activity").values_list("activity", flat=True)[:most])


def _weights(alike: dict[int, float]) -> dict[int, float]:
    """Return the weight of each of these words: its likeness times its rarity.

    The most frequent words are left out once the search would read more than MOST_POSTINGS rows.
    """
    rarest = sorted(_counts(alike).items(), key=lambda found: found[1])
    read = accumulate(count for _, count in rarest)
    used = [found for found, rows in zip(rarest, read, strict=True) if rows <= MOST_POSTINGS or found is rarest[0]]
    return {pk: alike[pk] * log(2 + MOST_POSTINGS / count) for pk, count in used}


def _counts(words: Iterable[int]) -> dict[int, int]:
    """Return how many titles have each of these words. Words that no title has are left out."""
    keys = {f"activity-word.{pk}": pk for pk in words}
    known = {keys[key]: count for key, count in cache.get_many(keys).items()}
    unknown = keys.values() - known.keys()
    if unknown:
        postings = ActivityPosting.objects.filter(word__in=unknown).order_by()
        counted = dict(postings.values_list("word").annotate(Count("pk")))
        cache.set_many({f"activity-word.{pk}": count for pk, count in counted.items()}, COUNT_AGE)
        known |= counted
    return known


def _words_like(words: Sequence[str]) -> dict[int, float]:
    """Return the id of each indexed word that is like one of `words`, with its likeness."""
    found = set(_by_trigrams[connection.vendor](words))
    alike: dict[int, float] = {}
    for word in words:
        near = sorted(((word_likeness(word, other), pk) for pk, other in found), reverse=True)[:MOST_LIKE_WORDS]
        for likeness, pk in near:
            if likeness >= LIKE_ENOUGH:
                alike[pk] = max(likeness, alike.get(pk, 0.0))
    return alike


def _by_trigrams_postgresql(words: Sequence[str]) -> list[tuple[int, str]]:
    """Find words by the GIN index of pg_trgm on `lower(word)`. The extension may be in another schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'pg_trgm'"
        )
        schema = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(
            "SELECT kept.id, kept.word FROM unnest(%s::text[]) AS asked(word)"  # noqa: S608 - the schema is quoted
            f" JOIN recommendations_activityword kept ON lower(kept.word) OPERATOR({schema}.%%) asked.word"
            f" WHERE {schema}.similarity(kept.word, asked.word) >= %s",
            [list(words), LIKE_ENOUGH],
        )
        found: list[tuple[int, str]] = cursor.fetchall()
    return found


def _by_trigrams_sqlite(words: Sequence[str]) -> list[tuple[int, str]]:
    """Find equal words and, by the trigrams of FTS5, the words that share the most trigrams with each word.

    A word of one or two characters has no trigrams here, so only the same word is found.
    """
    parts = [" OR ".join(f'"{word[place : place + 3]}"' for place in range(len(word) - 2)) for word in words]
    asked = [part for part in parts if part]
    same = f"SELECT id, word FROM recommendations_activityword WHERE word IN ({', '.join(['%s'] * len(words))})"  # noqa: S608 - no word is in it
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join([same, *[NEAREST_SQLITE] * len(asked)]), [*words, *asked])
        found: list[tuple[int, str]] = cursor.fetchall()
    return found


_by_trigrams = {"postgresql": _by_trigrams_postgresql, "sqlite": _by_trigrams_sqlite}
