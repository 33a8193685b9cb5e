"""The stages of a build: what to read, where extraction runs, what is opened again."""
