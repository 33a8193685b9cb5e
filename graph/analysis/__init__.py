"""What is computed over a whole graph or its timeline."""
