from office.cache import cached


def test_what_is_cached_is_made_once():
    made = []

    answers = [cached("test-made-once", lambda: made.append(1) or len(made), seconds=60) for _ in range(2)]

    assert answers == [1, 1]


def test_what_the_cache_did_not_keep_is_made_again():
    assert cached("test-not-kept", lambda: "words", seconds=0) == "words"
