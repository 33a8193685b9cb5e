"""Names to entities: the census of what documents use, the rules that join, the decisions kept."""
