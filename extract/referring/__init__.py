"""What pronouns, groups of people and the labels of turns refer to."""
