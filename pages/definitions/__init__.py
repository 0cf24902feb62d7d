"""Parts of the Definitions page."""
