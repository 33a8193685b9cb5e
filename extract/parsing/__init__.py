"""The language model at work: faster inference, inflected forms."""
