"""The library to outputs: which pages exist, and the view that each is a pure function of."""

from ssg.pages.addresses import Addresses
from ssg.pages.collisions import collisions
from ssg.pages.edition import Edition
from ssg.pages.frame import Frame, frame_of
from ssg.pages.outputs import outputs_holding, outputs_of
from ssg.pages.prose import embed, prose_in
from ssg.pages.serialise import SERIALISERS
from ssg.pages.stories import STORY, resting_on
from ssg.pages.views import TEMPLATES

__all__ = [
    "SERIALISERS",
    "STORY",
    "TEMPLATES",
    "Addresses",
    "Edition",
    "Frame",
    "collisions",
    "embed",
    "frame_of",
    "outputs_holding",
    "outputs_of",
    "prose_in",
    "resting_on",
]
