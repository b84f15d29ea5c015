"""What every page shares: layout, language, theme, tables, error pages, health."""
