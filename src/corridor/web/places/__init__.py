"""Area `places` of the site."""
