"""Directory: countries, focal points, organisations and who speaks for them."""
