"""Plain Python about what is said in seven languages: no Django, no database."""
