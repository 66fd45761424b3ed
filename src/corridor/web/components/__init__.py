"""What components show and how they say it; the tags themselves are in `templatetags.components`."""
