"""The search index: what can be found, by whom, and how well it fits the question."""
