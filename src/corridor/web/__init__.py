"""Pages, forms, components and the API: the only room that knows HTTP."""
