"""Area `search` of the site."""
