"""The city's working plan: versions of its tables and texts, and what people change in them."""
