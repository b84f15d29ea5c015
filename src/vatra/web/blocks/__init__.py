"""Buildings of a city: what they need, where their heat goes, what works would bring."""
