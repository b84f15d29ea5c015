"""A city's public pages: overview, inventory, pathway, measures, and how a number was made."""
