"""For the demonstration only: enter as somebody of the cast, and read the site's letters."""
