"""``python -m casework.validation.baseline``: the simulation behind the limits of the drift chart.

It asks the real chart (`casework.indicators.drift`) about made-up clients, and writes its figures and the page
docs/baseline.md.
"""
