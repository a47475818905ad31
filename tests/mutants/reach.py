"""Which tests execute which line of the modules, seen once while all of them run."""

from __future__ import annotations

import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from inspect import CO_NEWLOCALS
from pathlib import Path
from types import FrameType
from typing import Any

from tests.mutants.forks import Say
from tests.mutants.session import Collected

LEAST_CPU_S, TIMES_AS_LONG = 2.0, 4.0
SLOWEST_S = 3.0
"""A test of more seconds than this, with few examples, is left out: each mutant it sees would cost as much."""


@dataclass
class Reach:
    """What each test executes, and how long it takes."""

    seconds: dict[str, float] = field(default_factory=dict)
    by_line: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    left_out: list[str] = field(default_factory=list)
    while_read: set[tuple[str, str]] = field(default_factory=set)

    def learn(self, told: Any) -> None:
        """Take in what was said of one test, or of a function that runs while modules are read."""
        if "read" in told:
            self.while_read.add((told["read"], told["function"]))
            return
        if not told["passed"] or told["seconds"] > SLOWEST_S:
            self.left_out.append(told["test"])
            return
        self.seconds[told["test"]] = told["seconds"]
        for module, lines in told["lines"].items():
            for line in lines:
                self.by_line[module, line].add(told["test"])

    def tests_of(self, module: str, lines: Iterable[int]) -> list[str]:
        """Return the tests that execute one of these lines, those of the module's own file and fast ones first."""
        found: set[str] = set().union(*(self.by_line.get((module, line), set()) for line in lines))
        return self.sorted(found, module)

    def cpu_s(self, tests: Iterable[str]) -> float:
        """Return the processor time that these tests may take before they count as never ending."""
        return LEAST_CPU_S + TIMES_AS_LONG * sum(self.seconds[each] for each in tests)

    def sorted(self, tests: Iterable[str], module: str) -> list[str]:
        """Return tests in the order in which to try them on a mutant of that module."""
        own = f"test_{Path(module).stem}"
        return sorted(tests, key=lambda test: (own not in test, self.seconds[test], test))


def watch_reading(root: Path, room: str, read: Callable[[], None], say: Say) -> None:
    """Read modules, and say which functions of that room run meanwhile, called by a module of the room."""
    within = f"{root / room}/"
    seen: set[tuple[str, str]] = set()

    def on_call(frame: FrameType, event: str, arg: object) -> None:
        code = frame.f_code
        if code.co_filename.startswith(within) and code.co_flags & CO_NEWLOCALS:
            above: FrameType | None = frame
            while above is not None:
                if above.f_code.co_name == "<module>" and above.f_code.co_filename.startswith(within):
                    seen.add((code.co_filename.removeprefix(f"{root}/"), code.co_qualname))
                    return
                above = above.f_back

    sys.settrace(on_call)
    try:
        read()
    finally:
        sys.settrace(None)
    for module, function in sorted(seen):
        say({"read": module, "function": function})


def watch(collected: Collected, root: Path, room: str, say: Say) -> None:
    """Run every test, and say which lines of that room it executes."""
    within = f"{root / room}/"
    beginning = len(f"{root}/")
    seen: dict[str, set[int]] = defaultdict(set)

    def on_call(frame: FrameType, event: str, arg: object) -> Any:
        name = frame.f_code.co_filename
        if not name.startswith(within):
            return None
        lines = seen[name]
        lines.add(frame.f_lineno)

        def on_line(frame: FrameType, event: str, arg: object) -> Any:
            lines.add(frame.f_lineno)
            return on_line

        return on_line

    remembering = _caches(within)
    for name in collected.names:
        seen.clear()
        for each in remembering:
            each.cache_clear()
        begun = time.process_time()
        sys.settrace(on_call)
        try:
            passed = collected.passes(name)
        finally:
            sys.settrace(None)
        seconds = time.process_time() - begun
        lines = {path[beginning:]: sorted(found) for path, found in seen.items()}
        say({"test": name, "passed": passed, "seconds": round(seconds, 4), "lines": lines})


def _caches(within: str) -> list[Any]:
    """Return the functions of that room that remember: else only the first test that asks would execute them."""
    return [
        each
        for each in gc.get_objects()
        if isinstance(each, _lru_cache_wrapper) and each.__wrapped__.__code__.co_filename.startswith(within)
    ]
