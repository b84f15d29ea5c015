"""Open data and the interface for reading by programs."""
