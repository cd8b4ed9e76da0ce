"""A record in the words of Romantik's own form, which the officer types there."""
