"""What may be recorded: one pure rule a subject, which an action calls for one entry and an importer for many.

A rule takes what was answered and, where it needs them, the facts that it is answered against; it returns what is
stored, or raises Refused with the field. Pages only turn their fields into answers.
"""
