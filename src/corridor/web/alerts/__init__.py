"""Area `alerts` of the site."""
