"""What tools/translations.py is made of: finding what people read, keeping catalogues, exchanging work with translators."""
