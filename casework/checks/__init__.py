"""What may be recorded: one module a subject, asked by the act for one entry and by the importer for many."""
