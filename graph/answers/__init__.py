"""What a question returns: sequences that print as tables and become data frames."""
