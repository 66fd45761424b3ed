"""Libraries of template tags: `{% load components %}`."""
