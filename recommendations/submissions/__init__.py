"""The list, the page of one submission, opening and cancelling, who is responsible, the requirements."""
