"""Synthetic training events and their participants: pseudonyms, no names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from literasi.practice.basis import NOTE, RECEIVED_BY, SOURCE, often, pick, rows

# (kind, name, first day, days). The first training was held online and without tests.
_EVENTS = (
    ("bimtek", "Bimtek Latihan SPP-TIK 2021 (daring)", "2021-06-14", 2),
    ("stakeholder_meeting", "Pertemuan Pemangku Kepentingan Latihan 2022", "2022-03-15", 1),
    ("bimtek", "Bimtek Latihan SPP-TIK 2022", "2022-05-23", 5),
    ("bimtek", "Bimtek Latihan SPP-TIK 2023", "2023-06-12", 5),
    ("peer_learning_meeting", "Pertemuan Belajar Sebaya Latihan 2023", "2023-10-10", 2),
    ("stakeholder_meeting", "Pertemuan Pemangku Kepentingan Latihan 2024", "2024-03-05", 1),
    ("bimtek", "Bimtek Latihan SPP-TIK 2024", "2024-05-20", 5),
    ("bimtek", "Bimtek Latihan SPP-TIK 2025", "2025-05-19", 5),
    ("peer_learning_meeting", "Pertemuan Belajar Sebaya Latihan 2025", "2025-10-07", 2),
    ("bimtek", "Bimtek Latihan SPP-TIK 2026", "2026-04-20", 5),
)
_UNTESTED_BEFORE = 2022
_HOURS_PER_DAY = 8
_NEVER_ANSWERING = 0.25
_RETURNING = 0.55
_MOVING = 0.3
_AGES = {"<26": 0.12, "26-35": 0.34, "36-45": 0.3, "46-55": 0.18, ">55": 0.06}
_SECOND_ROLES = {"volunteer": 0.4, "village_head": 0.25, "manager": 0.2, "other": 0.15}
_PROGRESS = ("not_started", "in_progress", "done")


def training(
    areas: pd.DataFrame, libraries: pd.DataFrame, generator: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the events and the participants of the trainings (25 to 40 at each).

    Parameters
    ----------
    areas, libraries : DataFrame
        Tables of those names.
    generator : numpy.random.Generator

    Returns
    -------
    tuple of DataFrame
        Tables ``events`` and ``participants``. Two people have the full score before the training;
        plan states that would be known only after `RECEIVED_BY` are missing.
    """
    regencies = sorted(areas.loc[areas["level"] == "regency", "area_code"])
    province = regencies[0][:2]
    facilitators = {code: _pseudonym(generator) for code in regencies}
    # A quarter never answers an invitation: those are left to compare the trained with.
    answering = libraries[generator.random(len(libraries)) > _NEVER_ANSWERING]
    trained: set[str] = set()
    events: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    for kind, name, first_day, days in _EVENTS:
        start = pd.Timestamp(first_day)
        event = {
            "event_id": f"latihan-{kind.replace('_', '-')}-{start.year}",
            "name": name,
            "kind": kind,
            "date_start": start,
            "date_end": start + pd.Timedelta(days=days - 1),
            "venue": "Ruang Latihan",
            "area_code": regencies[int(generator.integers(len(regencies)))],
            "organiser": "Panitia Latihan",
            "source_id": SOURCE,
            "note": NOTE,
        }
        if kind == "bimtek":
            size = int(generator.integers(26, 41))
            guests = _delegation(answering, trained, facilitators, province, start.year, size, generator)
            trained |= {str(guest["library_id"]) for guest in guests if "library_id" in guest}
            people += [_participant(guest, event, days, generator) for guest in guests]
            event["participants_published"] = len(guests)
        else:
            event["participants_published"] = int(generator.integers(18, 60))
        events.append(event)
    tested = [i for i, person in enumerate(people) if "pre_score" in person and "post_score" in person]
    for i in generator.choice(tested, 2, replace=False):
        people[int(i)]["pre_score"] = 100.0
    return rows("events", events), rows("participants", people)


def first_training(events: pd.DataFrame, participants: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """Give the day on which a library's first participant came back from training, by library."""
    days = participants.dropna(subset="library_id").merge(events[["event_id", "date_end"]], on="event_id")
    return {str(library): day for library, day in days.groupby("library_id")["date_end"].min().items()}


def returning(
    participants: pd.DataFrame, events: pd.DataFrame, libraries: pd.DataFrame, generator: np.random.Generator
) -> pd.DataFrame:
    """Let some people of a library come back to a later training, and a few for another library.

    Parameters
    ----------
    participants, events, libraries : DataFrame
        Tables of those names.
    generator : numpy.random.Generator

    Returns
    -------
    DataFrame
        `participants`, in which some rows have the pseudonym of an earlier row of the same sex. A pseudonym
        holds within a regency, so nobody moves to another one.
    """
    out = participants.copy()
    regency = libraries.set_index("library_id")["area_code"].str[:5]
    order = events.set_index("event_id")["date_start"]
    rows = out[out["library_id"].notna()]
    rows = rows.assign(day=rows["event_id"].map(order), regency=rows["library_id"].map(regency))
    sent = rows["library_id"].value_counts()
    taken: set[str] = set()
    for row in rows.sort_values(["day", "event_id"], kind="stable").itertuples():
        earlier = rows[(rows["day"] < row.day) & (rows["sex"] == row.sex) & (rows["regency"] == row.regency)]
        is_own = earlier["library_id"] == row.library_id
        own = earlier[is_own & (earlier["role"] == row.role)]
        alone = earlier[~is_own & (earlier["library_id"].map(sent) == 1)]
        moved = pd.concat([alone, earlier[~is_own & (earlier["role"] == "manager")]])
        choices = own if often(generator, _RETURNING) else moved if often(generator, _MOVING) else own[:0]
        free = [str(one) for one in choices["participant_id"] if one not in taken]
        if free:
            taken.add(free[0])
            out.loc[row.Index, "participant_id"] = free[0]
    return out


def _delegation(
    libraries: pd.DataFrame,
    trained: set[str],
    facilitators: dict[str, str],
    province: str,
    year: int,
    size: int,
    generator: np.random.Generator,
) -> list[dict[str, Any]]:
    """Choose who is invited: the province, some regencies, then libraries that were not yet trained."""
    guests: list[dict[str, Any]] = [
        {"institution": "province_library", "area_code": province, "role": "official"} for _ in range(2)
    ]
    for regency, facilitator in facilitators.items():
        if often(generator, 0.45):
            guests.append(
                {
                    "participant_id": facilitator,
                    "institution": "regency_library",
                    "area_code": regency,
                    "role": "facilitator",
                }
            )
        if often(generator, 0.25):
            guests.append({"institution": "regency_library", "area_code": regency, "role": "official"})
    joined = libraries[(libraries["programme"] != "none") & (libraries["year_joined"].fillna(2023) <= year)]
    order = generator.permutation(len(joined))
    invited = sorted(
        (joined.iloc[int(i)] for i in order),
        key=lambda library: library["library_id"] in trained and not often(generator, 0.5),
    )
    for library in invited:
        roles = ["manager"]
        while len(roles) < 5 and often(generator, 0.68):
            roles.append(pick(generator, _SECOND_ROLES))
        for role in roles:
            guests.append(
                {
                    "library_id": library["library_id"],
                    "institution": "village_library",
                    "area_code": library["area_code"],
                    "role": role,
                }
            )
        if len(guests) >= size:
            break
    return guests[:40]


def _participant(
    guest: dict[str, Any], event: dict[str, Any], days: int, generator: np.random.Generator
) -> dict[str, Any]:
    year = event["date_start"].year
    due = days * _HOURS_PER_DAY
    person: dict[str, Any] = {
        "participant_id": _pseudonym(generator),
        **guest,
        "event_id": event["event_id"],
        "sex": pick(generator, {"female": 0.62, "male": 0.38}),
        "age_band": pick(generator, _AGES),
        "hours_due": due,
        "hours_attended": round(2 * due * float(generator.beta(16, 1.4))) / 2,
        "satisfaction": float(generator.choice([2, 3, 4], p=[0.08, 0.45, 0.47])),
    }
    if year >= _UNTESTED_BEFORE:
        pre = float(np.clip(generator.normal(52, 14), 5, 95))
        person["pre_score"] = round(pre)
        person["post_score"] = round(min(100.0, max(0.0, pre + float(generator.normal(18, 10)))))
    missing = {"age_band": 0.05, "hours_attended": 0.03, "satisfaction": 0.12}
    for column, share in {**missing, "pre_score": 0.06, "post_score": 0.1}.items():
        if often(generator, share):
            person.pop(column, None)
    if not often(generator, 0.08):
        person["has_plan"] = often(generator, 0.8)
        if person["has_plan"]:
            person |= _plan(event["date_end"], generator)
    return person


def _plan(last_day: pd.Timestamp, generator: np.random.Generator) -> dict[str, str]:
    """Draw how a plan went; a state never falls back, and some send no word."""
    out = {}
    state = 0
    for days, step in ((30, 0.5), (90, 0.55), (180, 0.45)):
        state = min(2, state + int(generator.random() < step))
        if last_day + pd.Timedelta(days=days) <= RECEIVED_BY and not often(generator, 0.2):
            out[f"plan_status_{days}"] = _PROGRESS[state]
    return out


def _pseudonym(generator: np.random.Generator) -> str:
    return f"p-{int(generator.integers(16**8)):08x}"
