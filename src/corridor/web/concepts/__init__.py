"""The lexicon: browsing concepts, reading one, reviewing terms, and suggestions while somebody types."""
