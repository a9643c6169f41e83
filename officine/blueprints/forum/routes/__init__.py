"""The pages of the forum: topics, posts, and what helps to write them."""

from officine.blueprints.forum.routes import pictures, posts, screening, topics, writing
from officine.blueprints.forum.routes.blueprint import forum

__all__ = ["forum", "pictures", "posts", "screening", "topics", "writing"]
