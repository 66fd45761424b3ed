"""What can be missing or wrong at a start, each said in words that tell how to mend it."""


class CannotStart(Exception):  # noqa: N818 - reads as a sentence: raise CannotStart(...)
    """The start stops here; the text names the cause and the remedy."""
