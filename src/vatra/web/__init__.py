"""People: a Django project of small apps with the same furniture (models, rules, queries, ...)."""
