"""The texts of one term, and looking them up: a language gives a `Glossary` its texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.vocabulary.terms import Term, chosen


@dataclass(frozen=True)
class Words:
    """What one term is called. `sentence` explains it; enums that need no explanation have none.

    `short` is for narrow cells and rows, `within` for the middle of a sentence; empty where they follow from `label`.
    """

    label: str
    sentence: str = ""
    short: str = ""
    within: str = ""


Texts = Mapping[str, Words]
"""The words of one list, by identifier."""


class Glossary:
    """The words of every term, by its list (the term's class) and its identifier."""

    def __init__(self, texts: Mapping[type[Term] | type[StrEnum], Texts]) -> None:
        self.texts = texts

    def words(self, term: Term | StrEnum) -> Words:
        """All words of a term; KeyError for one that has none."""
        return self.texts[type(term)][term.value if isinstance(term, StrEnum) else term.id]

    def label(self, term: Term | StrEnum) -> str:
        """As a heading, a choice or a cell: "Left a message"."""
        return self.words(term).label

    def short_label(self, term: Term | StrEnum) -> str:
        """For narrow cells and rows: "Excused" instead of "Excused by the clinic"."""
        words = self.words(term)
        return words.short or words.label

    def within(self, term: Term | StrEnum) -> str:
        """In the middle of a sentence: "left a message"."""
        words = self.words(term)
        said = words.short or words.label
        return words.within or said[:1].lower() + said[1:]

    def sentence_of(self, term: Term | StrEnum) -> str:
        """What the term means, as a sentence."""
        return self.words(term).sentence

    def labels(self, terms: Sequence[Term], packed: int) -> list[str]:
        """The labels of what a bitmask holds, in the list's order."""
        return [self.label(one) for one in chosen(terms, packed)]
