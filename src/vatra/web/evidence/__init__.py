"""Source files handed in: mapped, checked line by line, accepted or refused."""
