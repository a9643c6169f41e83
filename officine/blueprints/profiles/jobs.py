"""What is cleared away after profiles changed."""

from officine.blueprints.profiles.events import PhotoGivenUp
from officine.core.pictures import forget_squares
from officine.models.member import PHOTO_SIZES


def forget_photo(event: PhotoGivenUp) -> None:
    """Delete the files of a photo that nobody shows any more."""
    forget_squares(event.key, PHOTO_SIZES)
