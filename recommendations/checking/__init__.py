"""What anybody may know of an issued letter: its state, and whether a file is that letter."""
