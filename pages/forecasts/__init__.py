"""Parts of the Forecasts page."""
