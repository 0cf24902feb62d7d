"""The demo clinic: 60 made-up clients of three counselors, with half a year of history that ends today.

Nobody in it exists. The same day gives the same clinic, name for name and mark for mark.
"""

from casework.demo.clinic import ACCOUNTS, is_empty, load

__all__ = ["ACCOUNTS", "is_empty", "load"]
