"""Parts of the screens on which counselors type."""
