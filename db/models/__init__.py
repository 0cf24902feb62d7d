"""The tables. Importing this package registers all of them on `Base.metadata`."""

from db.models.attendance import Attendance, RollCall, RosterMember, SeriesVersion, SessionSeries
from db.models.audit import AuditEvent
from db.models.base import Base, Fact, Versioned
from db.models.check_ins import Absence, Call, CheckIn, SafetyItem
from db.models.clients import Assignment, Client, ClientVersion, Placement
from db.models.data_versions import DataVersion, Share
from db.models.forecasts import Forecast
from db.models.medication import Dose, Prescription
from db.models.notes import Note
from db.models.rules import Recalibration, RuleOverride, RuleSwitch
from db.models.screens import UrineScreen
from db.models.staff import (
    CallBudget,
    Clinic,
    ClosedDay,
    RefusedNumber,
    SignInAttempt,
    SignInSession,
    Staff,
    Team,
)
from db.models.tasks import AnsweredFact, CallClaim, Task, TaskAction

__all__ = [
    "Absence",
    "AnsweredFact",
    "Assignment",
    "Attendance",
    "AuditEvent",
    "Base",
    "Call",
    "CallBudget",
    "CallClaim",
    "CheckIn",
    "Client",
    "ClientVersion",
    "Clinic",
    "ClosedDay",
    "DataVersion",
    "Dose",
    "Fact",
    "Forecast",
    "Note",
    "Placement",
    "Prescription",
    "Recalibration",
    "RefusedNumber",
    "RollCall",
    "RosterMember",
    "RuleOverride",
    "RuleSwitch",
    "SafetyItem",
    "SeriesVersion",
    "SessionSeries",
    "Share",
    "SignInAttempt",
    "SignInSession",
    "Staff",
    "Task",
    "TaskAction",
    "Team",
    "UrineScreen",
    "Versioned",
]
