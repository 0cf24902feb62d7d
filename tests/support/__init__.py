"""What the tests stand on: real PostgreSQL, real Chromium, a served dashboard, and helpers to drive them."""
