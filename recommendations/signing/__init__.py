"""An issued letter is signed: its scan, or its electronic signature, is taken in and counts."""
