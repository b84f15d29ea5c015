"""The linter as a page: hand in any contract, see on its tables what does not add up."""
