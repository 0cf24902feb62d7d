"""English: every text of the lists, of dates and numbers, and facts in words. A second language is such a folder."""
