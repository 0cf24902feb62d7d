"""Which of a client's check-ins is to be corrected, chosen on the check-in or among the client's entries."""

from __future__ import annotations

from pages.shared.form import Form, client


def correction(client_id: int, name: str) -> Form:
    """The choice for one client: `which` is chosen among the check-ins, `begun` is under way."""
    return Form("correct_check_in", client(client_id, name), {"which": None, "begun": None})
