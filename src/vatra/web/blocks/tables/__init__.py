"""Tables of the pages of buildings."""
