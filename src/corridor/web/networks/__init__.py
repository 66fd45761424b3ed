"""Area `networks` of the site."""
