"""Area `notices` of the site."""
