"""Synthetic data for the practice workspace: every table full, nothing real.

Made from a seed and the real area codes, so that every page shows its full form and its difficult
cases: late, missing and stopped reports, reported zeros, unknown years, conflicting values, small groups.
Names carry the word "Latihan" and every row the source ``latihan``, so no real library or office is
given an invented figure.
"""

from __future__ import annotations

import pandas as pd

from literasi import contracts
from literasi.practice import activity, desk, iplm, people, places, published, reports
from literasi.practice.basis import generator


def tables(areas: pd.DataFrame, *, seed: int = 21) -> dict[str, pd.DataFrame]:
    """Make all tables of the practice workspace.

    Parameters
    ----------
    areas : DataFrame
        Table ``areas``, with at least the regencies and their parents; taken over unchanged.
    seed : int
        The same seed and areas give the same tables.

    Returns
    -------
    dict of str to DataFrame
        Every table of `literasi.contracts`, meeting its contract, with references that exist;
        tables that are referred to come first.
    """
    areas = contracts.coerce("areas", areas)
    libraries = places.libraries(areas, generator(seed, "libraries"))
    events, participants = people.training(areas, libraries, generator(seed, "training"))
    participants = people.returning(participants, events, libraries, generator(seed, "returning"))
    trained = people.first_training(events, participants)
    visits = reports.visits(libraries, trained, generator(seed, "visits"))
    made = {
        "sources": published.sources(),
        "areas": areas,
        "population": published.population(areas, generator(seed, "population")),
        "observations": published.observations(areas, generator(seed, "observations")),
        "targets": published.targets(areas, generator(seed, "targets")),
        "libraries": libraries,
        "library_figures": published.library_figures(libraries, generator(seed, "library_figures")),
        "aid": places.aid(libraries, generator(seed, "aid")),
        "events": events,
        "participants": participants,
        "visits": visits,
        "circulation": reports.circulation(visits, generator(seed, "circulation")),
        "services": reports.services(visits, generator(seed, "services")),
        "activities": activity.activities(libraries, trained, generator(seed, "activities")),
        "advocacy": activity.advocacy(libraries, generator(seed, "advocacy")),
        "publications": activity.publications(libraries, generator(seed, "publications")),
        "iplm_inputs": iplm.iplm_inputs(areas, generator(seed, "iplm_inputs")),
        "advices": desk.advices(visits, libraries),
        "layouts": desk.layouts(),
        "spellings": desk.spellings(libraries),
        "snapshots": desk.snapshots(events),
    }
    return {name: contracts.coerce(name, frame) for name, frame in made.items()}
