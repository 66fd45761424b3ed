"""Measuring how well Corridor finds: the same code and SQL as the site, in a database of its own."""
