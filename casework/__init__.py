"""The caseload's logic: what a clinician records, what follows from it, and why."""
