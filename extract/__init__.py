"""Text in, mentions and claims out: the only room that knows spaCy."""
