"""The electronic signature on a letter."""
