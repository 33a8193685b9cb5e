"""What a sentence states: triggers, arguments, constructions, and how firmly."""
