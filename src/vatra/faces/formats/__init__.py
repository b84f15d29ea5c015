"""One file per file format: a grid of printed cells to bytes and back."""
