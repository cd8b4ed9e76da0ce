"""The files of a submission: taken in at the desk or by telephone, kept, shown and given back."""
