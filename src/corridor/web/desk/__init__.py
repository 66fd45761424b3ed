"""Area `desk` of the site."""
