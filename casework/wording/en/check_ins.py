"""What a check-in answers beside its lists."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.check_ins import ContactKind, InformationSource, Use, Withdrawal
from casework.wording.words import Texts, Words

USES: Final[Texts] = {
    Use.NONE: Words("None"),
    Use.SLIP: Words("Slip (once)", short="Slip"),
    Use.REGULAR: Words("Regular"),
}
CONTACTS: Final[Texts] = {
    ContactKind.VISIT: Words("Visit"),
    ContactKind.PHONE: Words("Phone"),
    ContactKind.VIDEO: Words("Video"),
    ContactKind.MESSAGE: Words("Message"),
    ContactKind.COLLATERAL: Words("Talk with others"),
}
INFORMATION_SOURCES: Final[Texts] = {
    InformationSource.CLIENT: Words("The client"),
    InformationSource.STAFF: Words("Staff"),
    InformationSource.COLLATERAL: Words("Family or others"),
}
WITHDRAWAL: Final[Texts] = {
    Withdrawal.NONE: Words("None"),
    Withdrawal.MILD: Words("Mild"),
    Withdrawal.MODERATE: Words("Moderate"),
    Withdrawal.SEVERE: Words("Severe"),
}
