"""Submissions: the list, the page of one, opening and cancelling, the responsible officer, the requirements."""
