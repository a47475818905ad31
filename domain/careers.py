"""The stages of an entrepreneur's career in the cooperative, each with the contract it rests on."""

from __future__ import annotations

from enum import StrEnum


class CareerStage(StrEnum):
    """What ties an entrepreneur to the cooperative: from the trial of a project to the partner and the exit."""

    TRIAL = "trial"
    EMPLOYED = "employed"
    AMENDED = "amended"
    PARTNER = "partner"
    DIRECTOR = "director"
    EXIT = "exit"
