"""For machines that watch over the site."""
