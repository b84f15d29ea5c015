"""A city's plan year by year: its path, its measures by what they bring and cost, a laboratory."""
