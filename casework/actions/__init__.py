"""The write side: one function an act, keyword-only, `by=` names who, change and audit in one transaction."""
