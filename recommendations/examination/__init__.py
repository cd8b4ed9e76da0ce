"""Examine a recorded form: remarks, the changes between rounds, opinions of the walidata, the decision."""
