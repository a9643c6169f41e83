"""The first page: for visitors, who is here; for members, what today asks of them."""
