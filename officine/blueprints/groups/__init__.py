"""Places to discuss: finding, entering and looking after them."""
