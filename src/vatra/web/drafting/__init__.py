"""The contract as it is written: narrative, participation, review and approval."""
