"""Area `mailbox` of the site."""
