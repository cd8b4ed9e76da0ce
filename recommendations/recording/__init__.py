"""Record a form from paper: save what is typed, complete the round, copy, import and unlock answers."""
