from officine.blueprints.health.routes import health

__all__ = ["health"]
