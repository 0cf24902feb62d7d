"""A client's standing in words: the headline and what stands beneath it, chips, and actions."""

from __future__ import annotations

from casework.wording.en.story.actions import action, due, good_news, rest, tries
from casework.wording.en.story.chips import chip, tooltip
from casework.wording.en.story.said import new_since, said, strength

__all__ = ["action", "chip", "due", "good_news", "new_since", "rest", "said", "strength", "tooltip", "tries"]
