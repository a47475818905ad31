"""One process's turn on a notebook: first what its predecessor left without an answer, then anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from tests.faults.crowd import Ask, Crowd
from tests.faults.notebook import Notebook, Story
from workers.lifeline import stopped_by_signal

# Each of these is let be once its first answer is lost: it may then stand in the log once or never.
LEFT_ALONE = "7"


def left_alone(key: str) -> bool:
    """Tell whether a client never asks this again once it is in doubt."""
    return key.endswith(LEFT_ALONE)


def work(name: str, clients: int, ask: Ask, id_of: Callable[[str], UUID], path: Path) -> None:
    """Ask commands with so many clients until a signal says that it is enough."""
    stopped = stopped_by_signal()
    before = Story.of([path]) if path.exists() else Story()
    notebook = Notebook(path)
    for id_ in before.unknown:
        notebook.doubt(id_)
    first = [key for id_ in before.unknown if not left_alone(key := before.asked[id_])]
    turn = f"{name}-{len(before.asked)}"
    crowd = Crowd(turn, clients, ask, id_of, notebook, leave=left_alone, first=first)
    with crowd.busy():
        stopped.wait()
    notebook.close()


def in_flight(story: Story) -> int:
    """Return how many commands are asked and not answered, without those that are let be."""
    return sum(not (id_ in story.in_doubt and left_alone(story.asked[id_])) for id_ in story.unknown)
