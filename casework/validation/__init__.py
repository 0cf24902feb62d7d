"""Commands that measure the rules: how often they are right, and how often they are wrong by chance."""
