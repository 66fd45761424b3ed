"""Area `account` of the site."""
