"""A record as answers to Romantik's own form, for the officer to copy into Romantik."""
