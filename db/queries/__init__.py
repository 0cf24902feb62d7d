"""Every reading SELECT, scoped to the user who asks."""
