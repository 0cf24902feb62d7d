"""What every coded term has, and the bitmasks in which a choice out of a list is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
SNOMED_CT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
"""Code systems, by their addresses in FHIR."""


class Source(StrEnum):
    """Where a term comes from."""

    ARTICLE = "aac_heroin_relapse"
    ARTICLE_OWN_RUNG = "aac_heroin_relapse_own_rung"
    TIDELINE = "tideline"
    FDA_LABEL = "fda_label"
    TRIALS = "ctn0094"
    TRIALS_MISSING_AS_USE = "ctn0094_missing_as_use"
    TRIALS_OBSERVED = "ctn0094_observed"


@dataclass(frozen=True)
class Coding:
    """The same term in a code system: `system` is the system's address as FHIR names it, `code` the code there."""

    system: str
    code: str


@dataclass(frozen=True)
class Term:
    """One term of a list. `id` is stored; its words are in `casework.wording`, by the term's class and identifier.

    A list has a class of its own, since two lists may use the same identifier.
    """

    id: str
    codings: tuple[Coding, ...] = ()
    source: Source = Source.ARTICLE


AnyTerm = TypeVar("AnyTerm", bound=Term)


def ids(terms: Sequence[Term]) -> tuple[str, ...]:
    """The identifiers of a list, in stored order."""
    return tuple(one.id for one in terms)


def term(terms: Sequence[AnyTerm], id_: str) -> AnyTerm:
    """The term with that identifier; KeyError if the list has none."""
    for candidate in terms:
        if candidate.id == id_:
            return candidate
    raise KeyError(id_)


def mask(terms: Sequence[Term], chosen: Iterable[str]) -> int:
    """Pack identifiers of one list into its bitmask; KeyError for a foreign identifier."""
    position = {one.id: bit for bit, one in enumerate(terms)}
    packed = 0
    for id_ in chosen:
        packed |= 1 << position[id_]
    return packed


def unmask(terms: Sequence[Term], packed: int) -> tuple[str, ...]:
    """The identifiers in a bitmask, in the list's order."""
    return tuple(one.id for one in chosen(terms, packed))


def chosen(terms: Sequence[AnyTerm], packed: int) -> tuple[AnyTerm, ...]:
    """The terms in a bitmask, in the list's order."""
    return tuple(one for bit, one in enumerate(terms) if packed >> bit & 1)
