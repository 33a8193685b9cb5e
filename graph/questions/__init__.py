"""How a question is answered: finding names, claims, neighbours, paths, parts; SQL and Cypher."""
