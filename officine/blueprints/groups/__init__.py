from officine.blueprints.groups.routes import groups

__all__ = ["groups"]
