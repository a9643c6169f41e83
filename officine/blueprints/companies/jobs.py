"""What is cleared away after companies changed."""

from officine.blueprints.companies.events import LogoGivenUp
from officine.core.pictures import forget_squares
from officine.models.company import LOGO_SIZES


def forget_logo(event: LogoGivenUp) -> None:
    """Delete the files of a logo that no page shows any more."""
    forget_squares(event.key, LOGO_SIZES)
