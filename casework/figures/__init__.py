"""Figures: a frame in, a Plotly figure out, each with a companion that says what it shows.

`caseload` draws many clients with one mark each, `client` one person's weeks, `template` holds colors, symbols and the
one look. A figure never fetches, never reads the clock, and carries no text that has not been escaped.
"""
