"""Who works here: accounts, roles in a city, invitations, the pages of the log."""
