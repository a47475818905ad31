"""A pytest session that can be asked to run some of its tests, in a process of its own each time.

The modules are imported and the tests collected once. A fork then costs milliseconds, and whatever
the tests of a mutant do is gone with the process. Tests that need a server are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

NEEDS_MORE_THAN_MEMORY = frozenset({"server", "demo"})
EXAMPLES, STEPS = 12, 20
# The last collects garbage as each session ends, which takes longer than most tests.
NOT_NEEDED = ("cacheprovider", "xdist", "unraisableexception")


class Told:
    """A pytest plugin that hands the collected session to whoever asked for it."""

    def __init__(self, use: Callable[[Collected], None]) -> None:
        """Call `use` instead of running the tests."""
        self._use = use
        self.failed = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        self._use(Collected(session, self))
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure of the test that runs."""
        self.failed = self.failed or report.failed


class Collected:
    """The tests of a session, by their names."""

    def __init__(self, session: pytest.Session, told: Told) -> None:
        """Keep the tests that run in memory; fewer random examples will do."""
        self._told = told
        self._items = {item.nodeid: item for item in session.items if _in_memory(item)}
        for item in self._items.values():
            _with_few_examples(item)

    @property
    def names(self) -> list[str]:
        """The tests, in the order they were collected."""
        return list(self._items)

    def passes(self, name: str) -> bool:
        """Run one test here and now."""
        item = self._items[name]
        self._told.failed = False
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return not self._told.failed


def collect(paths: Sequence[str], use: Callable[[Collected], None]) -> None:
    """Collect the tests of these files and directories, and hand them over."""
    settings.register_profile(
        "mutants",
        database=None,
        deadline=None,
        derandomize=True,
        max_examples=EXAMPLES,
        phases=[Phase.explicit, Phase.generate],
        stateful_step_count=STEPS,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    words = ["-q", "--tb=no", "--assert=plain", "--capture=no"]
    words += [word for plugin in NOT_NEEDED for word in ("-p", f"no:{plugin}")]
    status = pytest.main([*words, *paths], plugins=[Told(use)])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise RuntimeError(f"the tests cannot be collected: {status!r}")


def _in_memory(item: pytest.Item) -> bool:
    return NEEDS_MORE_THAN_MEMORY.isdisjoint(getattr(item, "fixturenames", ()))


def _with_few_examples(item: pytest.Item) -> None:
    """Overrule what a test says of its own number of examples."""
    kind: Any = getattr(item, "cls", None)
    test: Any = getattr(item, "obj", None)
    if isinstance(getattr(kind, "settings", None), settings):
        kind.settings = _few(kind.settings)
    elif hasattr(test, "_hypothesis_internal_use_settings"):
        test._hypothesis_internal_use_settings = _few(test._hypothesis_internal_use_settings)


def _few(asked: settings) -> settings:
    return settings(
        asked,
        max_examples=min(asked.max_examples, EXAMPLES),
        stateful_step_count=min(asked.stateful_step_count, STEPS),
    )
