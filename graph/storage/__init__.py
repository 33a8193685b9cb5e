"""Rows and files: nouns as rows of SQLite, and a whole graph in one file."""
