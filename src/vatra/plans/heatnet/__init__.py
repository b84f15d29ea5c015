"""District heating as a radial network: flows, temperatures, losses, pumps and who pays."""
