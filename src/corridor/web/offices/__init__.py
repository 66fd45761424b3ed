"""Area `offices` of the site."""
