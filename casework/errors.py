"""What a user is told. Everything that is not one of these is a bug, and is logged without personal data."""

from __future__ import annotations


class TidelineError(Exception):
    """Base of every message for users: `str(error)` is a calm, complete sentence without personal data."""


class Refused(TidelineError):
    """An entry cannot be saved as it is; nothing was changed and nothing typed is lost."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotYours(TidelineError):
    """The record does not exist or is not in this user's view; the two are told apart to nobody."""

    def __init__(self) -> None:
        super().__init__("There is no such record among those that you can see.")


class NotAllowed(TidelineError):
    """The act belongs to another role; nothing was changed."""


class AlreadyRecorded(TidelineError):
    """The same entry was sent twice (a double click, a re-import): it was saved once."""


class RecordNumberTaken(Refused):
    """Somebody whom the user may not see has the record number. `line` is that of a file, where one was imported."""

    def __init__(self, *, line: int | None = None) -> None:
        where = "" if line is None else f"Nothing was imported. Line {line}: "
        super().__init__(f"{where}This number cannot be used; ask an administrator.", field="record_number")


class TooManyNumbers(Refused):
    """The user has tried too many record numbers that are taken; whether this one is, is not told."""

    def __init__(self) -> None:
        super().__init__(
            "Too many record numbers that cannot be used were tried. Wait until tomorrow, or ask an administrator.",
            field="record_number",
        )


class RollCallAlreadyTaken(Refused):
    """The session's roll call of that day exists: correct it instead of taking it again."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the record while the form was open."""


class DatabaseProblem(TidelineError):
    """The database cannot be used now; nothing was saved."""


class DatabaseMissing(DatabaseProblem):
    """There is no database where one is expected."""


class DatabaseLocked(DatabaseProblem):
    """Another process holds the database for longer than we wait."""


class DatabaseReadOnly(DatabaseProblem):
    """The database or its folder cannot be written."""


class DatabaseOfOthers(DatabaseProblem):
    """The database holds tables, and Tideline made none of them."""


class DatabaseTooNew(DatabaseProblem):
    """The database was migrated by a newer version of Tideline."""


class DatabaseTooOld(DatabaseProblem):
    """The database has not been migrated to this version yet."""


class DatabaseOfPreview(DatabaseProblem):
    """The database was made by a preview version, before the first migration that is carried on."""


class SignInRefused(TidelineError):
    """The sign-in failed; the message never says which part was wrong."""


class TooManyAttempts(SignInRefused):
    """Sign-in is paused after repeated failures."""


class LookingBack(TidelineError):
    """Nothing is saved while the pages show a past day: it would be dated wrongly, or decided on old facts."""

    def __init__(self) -> None:
        super().__init__("You are looking at a past day, so nothing was saved. Go back to today first.")


class ImportRefused(TidelineError):
    """A file cannot be imported; nothing was saved."""


class TooFewToFit(TidelineError):
    """The data have too few people, or too little happened to them, for weights to be fitted."""


class FileRefused(ImportRefused):
    """A file cannot be used: the sentence names it and, where they are known, the column and the row."""

    def __init__(self, file: str, said: str, *, column: str | None = None, row: int | None = None) -> None:
        where = [file]
        if column is not None:
            where.append(f"column {column}")
        if row is not None:
            where.append(f"row {row}")
        super().__init__(f"{', '.join(where)}: {said}")
