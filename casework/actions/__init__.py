"""The write side: one function per clinician act, keyword-only, `by=` names who, change and audit in one transaction."""
