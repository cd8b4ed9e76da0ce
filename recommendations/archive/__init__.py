"""Earlier activities: the archive, what is similar in it, and the decision that nothing is done twice."""
