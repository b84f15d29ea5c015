"""Who pays for the plan of a city, out of what, and what is missing."""
