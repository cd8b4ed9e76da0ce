"""What only the child process does: check and draw the files of strangers. The web process imports none of it.

`recommendations/uploads/apart.py` starts the child process; tests/test_architecture.py holds the boundary.
"""
