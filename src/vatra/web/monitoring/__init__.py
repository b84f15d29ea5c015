"""What came of the plan of a city so far, and what that makes of its target year."""
