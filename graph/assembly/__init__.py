"""What a store holds, made into the rows of a graph."""
