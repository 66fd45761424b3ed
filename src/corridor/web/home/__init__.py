"""Area `home` of the site."""
