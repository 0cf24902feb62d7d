"""Parts of the Client page."""
