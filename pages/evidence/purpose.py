"""What the scores are for, what they read, how they work, and what is known to be weak: the four things that let a
clinician review the basis of a recommendation on their own.

Section 520(o)(1)(E) of the US Food, Drug, and Cosmetic Act asks for that, and the guidance of the US Food and Drug
Administration, "Clinical Decision Support Software" (January 2026; before it September 2022), says what it takes:
the intended use, user and patients; the input that is needed, how it should be recorded, and why; how the logic works,
on which data it rests, and how well it did; and for each person what is known and what is not.

Whom the trials took in: CTN-0027 (START, NCT00315341) and CTN-0051 (X:BOT, NCT02032433) in the registry
ClinicalTrials.gov, CTN-0030 (POATS) in Weiss et al., Contemp Clin Trials 2010;31:189, table 1. All asked for an age of
18 or more and for birth control; CTN-0030 left out acute severe psychiatric conditions, recent suicide risk and a
prominent history of heroin use, CTN-0051 serious psychiatric disorders.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.evidence_report import Report
from casework.indicators import TABLE
from casework.indicators.points import ENGAGEMENT_SHARE
from casework.vocabulary import Score
from pages.shared.widgets.components import table

USE: Final = """
Tideline helps counselors and their supervisors to see who is drifting while a call still helps. It suggests whom to
call first and why, and options to talk about. It is for adults in outpatient treatment for opioid use disorder with
methadone, buprenorphine or monthly naltrexone. The decision is yours, together with the client.
"""
NOT_SCORED: Final = """
Do not go by the scores, whatever the page shows, for

- anybody under 18, and anybody who is not in treatment for opioid use disorder: nobody like them was in the data.
- clients who are pregnant, or in an acute crisis of mental health: the trials asked for birth control, and two of the
  three left out serious psychiatric conditions.
- clients who are in custody, in hospital or in residential care: that they do not come says nothing then.
- clients without a maintenance medication, in their first three weeks, or after 20 weeks of care: not checked, so read
  with care.
"""
NOT_FOR: Final = """
- Emergencies. A safety answer has its own route above every score and has no points.
- Decisions by score alone: on medication, dose, level of care, or the end of treatment. A return to use is a reason to
  adjust the plan, never a reason to end treatment.
- Penalties, or reports to courts, employers, child welfare or insurers.
- Predicting overdose or death: neither was measured.
- Comparing counselors or clinics.
"""
READS: Final = (
    ("Sessions: kept or missed", "Mark each one on its day; excused is not missed",
     "Missed weeks come before losing contact"),
    ("Urine screens: result, or missed", "On the day of collection; write down what was tested",
     "Recent results carry most of what can be known"),
    ("Medication: prescription and doses", "When it is taken, or at the next visit", "Gaps come before missed visits"),
    ("Use that the client reports", "With the days on which it happened", "Fills the days between screens"),
    ("Withdrawal", "None, mild, moderate or severe, at a visit", "None speaks for somebody"),
    ("Time since admission, and which medication", "From the record", "The first weeks are different"),
    ("Warning signs, craving, self-care", "Ask; what was not asked is not no", "Weights not yet validated: see below"),
)  # fmt: skip
NEVER: Final = (
    "**Never read by a score:** sex, gender, age, race, ethnicity, address, insurance, notes, the trial, its site and "
    "its treatment arm."
)
LOGIC: Final = f"""
Four tables of whole points over dated facts; a score is the exact sum of the rows that hold, and every row is listed
under Definitions.

- **Early warning** (will weeks with use or not coming begin?): two points stand for one more of a hundred such
  weeks of the coming ones. It leads where somebody is to be reached in time.
- **Use** (is use returning?): two points stand for one more of a hundred attended weeks with use.
- **Engagement** (will we lose contact?): twenty points make it nearly three times as likely, as long as it is rare.
- **Warning signs**: set by hand, on the scale of the early warning.
- **The order of the list**: early warning + warning signs + {wording.part(ENGAGEMENT_SHARE)} of engagement.

The points of the first three were fitted so that a bad fact can never lower a score and a good one
never raise it, then rounded. Chances come from how often it happened to people with as many points.
"""
PERSON: Final = """
- **The rows behind it**, each with its dates. Open a client to read them; a late or corrected entry is marked.
- **What is missing.** What nobody asked or recorded is neither good nor bad. It lowers the coverage beside the score
  and widens the range of the chance. With too little on record the risk is called unknown, not low.
- **What you know and it does not**: everything that is not in the list above.
"""
WEAK: Final = """
- Warning ahead is hard. Of pairs of clients who look well now, one with and one without four bad weeks to come, the
  score picks the right one in {early:.0f} of 100; a coin would in 50.
- One of the three trials, CTN-0030, left out people with a prominent history of heroin use.
- The data are of visits once a week between 2006 and 2017, mostly before fentanyl, and end after 16 or 24 weeks. Your
  clinic differs: check the scores on your own clients.
- A larger group of people was kept apart and never used here. These figures are of people on whom the points were
  chosen, each scored by points fitted on others; about {variants} variants were tried, so they are a little too kind.
- In some groups of people the scores do less well: see the last part of this page.
"""
SIGNS: Final = """
The trials asked none of the twelve warning signs, so no point of them could be fitted. They are set by hand, each for
the reason below, and count in the order of the list but in no stated chance. Your clinic can check them: the rule
report card counts how often each row held, how often the outcome followed, and how often it was overridden. A
supervisor can switch a row off there.
"""
SOURCE: Final = (
    "The four numbered parts follow what US law (Food, Drug, and Cosmetic Act, section 520(o)(1)(E)) and the FDA "
    "guidance “Clinical Decision Support Software” (January 2026, before it September 2022) ask, so that a clinician "
    "can review the basis on their own. FDA has not reviewed Tideline. Whom the trials took in: ClinicalTrials.gov "
    "NCT00315341 and NCT02032433; Weiss et al., Contemp Clin Trials 2010;31:189."
)


def show(report: Report) -> None:
    """The part."""
    _heading("1. What it is for, and for whom", USE)
    _heading("Who must not be scored", NOT_SCORED)
    _heading("What it is not for", NOT_FOR)
    st.markdown("## 2. What it reads")
    table({
        "What": [what for what, _, _ in READS],
        "How to record it": [how for _, how, _ in READS],
        "Why": [why for _, _, why in READS],
    })  # fmt: skip
    st.markdown(NEVER)
    _heading("3. How it works, and what that rests on", LOGIC)
    st.markdown(_data(report))
    _heading("4. What to look at for each client", PERSON)
    early = 100 * report.discrimination_of("early").auc.value
    _heading("What is known to be weak", WEAK.format(early=early, variants=report.data.variants))
    _heading("Warning signs: not yet validated", SIGNS)
    _signs()
    st.caption(SOURCE)


def _heading(words: str, text: str) -> None:
    st.markdown(f"## {words}\n\n{text.strip()}")


def _data(report: Report) -> str:
    """Who the people were: shares of all of them, for a look at one's own clients beside it."""
    people = report.data.people
    said: dict[str, dict[str, float]] = {}
    for one in report.groups:
        said.setdefault(one.by, {}).setdefault(one.group, one.people / people)
    lines = [
        f"- {by}: " + ", ".join(f"{group} ({wording.percent(share)})" for group, share in shares.items())
        for by, shares in said.items()
    ]
    return "\n".join(
        (
            f"**The data:** {people:,} people of three US trials (CTN-0027, CTN-0030, CTN-0051), public and without "
            f"names ({report.data.packages}). Are your clients like them?",
            "",
            *lines,
            "",
            f"Version of the data (SHA-256): `{report.data.digest}`. How well it did: the next parts. Anybody with the "
            "data can measure it anew: `make validate`.",
        )
    )


def _signs() -> None:
    rows = [rule for rule in TABLE if rule.score is Score.SIGNS]
    with st.expander(f"The {len(rows)} rows, their points and why"):
        table({
            "When": [wording.sentence(wording.condition(rule)) for rule in rows],
            "Points": [f"{rule.points:+d}" for rule in rows],
            "Why": [wording.sentence(wording.basis(rule.basis)) for rule in rows],
        })  # fmt: skip
