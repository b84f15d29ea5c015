"""The contract as it is sealed, signed, published and verified."""
