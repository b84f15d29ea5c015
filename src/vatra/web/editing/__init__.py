"""Tables of a city changed in place, with comments beside the numbers."""
