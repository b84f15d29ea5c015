"""Where people begin: next steps of a city, help, the tour."""
