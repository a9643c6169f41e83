"""Making events: from a proposal to what came of them."""
