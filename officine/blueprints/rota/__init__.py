"""The duty rota: which editors are at the desk when, in which languages, and where nobody is."""
