"""What supports an edge: belief, copies that count once, quotations, printed pages."""
