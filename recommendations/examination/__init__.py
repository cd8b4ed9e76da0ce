"""Reading a recorded form: remarks, what changed between rounds, opinions, the decision."""
