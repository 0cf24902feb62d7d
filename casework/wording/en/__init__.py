"""The words in English: labels and sentences, keyed by the identifiers of what they name."""
