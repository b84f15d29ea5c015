"""What there is to find in apps that stand below the search; others have their own ``findable``."""
