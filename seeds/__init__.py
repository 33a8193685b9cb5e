"""The briefs that ``make demo`` builds its graph from: our own summaries of three public texts."""
