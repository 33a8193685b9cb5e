"""Names found, doubted, typed and joined within a document."""
