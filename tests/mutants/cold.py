"""Tables, defaults and members of enumerations: what is given where a module or a class is read."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from pathlib import Path

from tests.mutants.changes import Mutant, Mutants
from tests.mutants.forks import Say, in_a_fork
from tests.mutants.names import Names, name_given_at
from tests.mutants.reach import Reach
from tests.mutants.trials import Outcome, cold_outcome

READING_S = 20.0
MOST_S = 6.0
"""Of tests, as they took under the trace: a table that they do not miss changed counts as one that none does."""
OF_TABLES = "tests/domain/test_tables.py"
FACTS = "tests/facts/"


class Cold:
    """Tries mutants of one module after another, in forks that have read every module that does not need it."""

    def __init__(self, root: Path, read: Mapping[str, Mutants], reach: Reach) -> None:
        """Know which tests there are, and what each of their files reads."""
        self._root, self._read, self._reach = root, read, reach
        self._names = Names({module: mutants.tree for module, mutants in read.items()})
        files = {_file_of(test) for test in reach.seconds}
        self._texts = {each: (root / each).read_text(encoding="utf-8") for each in files}

    def outcomes(self, mutants: Sequence[Mutant]) -> Iterator[tuple[str, Outcome]]:
        """Yield the key of each mutant and what became of it."""
        ordered = sorted(mutants, key=lambda mutant: (mutant.module, mutant.line))
        for module, group in groupby(ordered, key=lambda mutant: mutant.module):
            own = list(group)

            def tries(say: Say, own: Sequence[Mutant] = own, module: str = module) -> None:
                for name in self._names.apart_from(module):
                    importlib.import_module(name)
                killers: list[str] = []
                for mutant in own:
                    outcome = self._outcome(mutant, killers)
                    say([mutant.key, outcome.outcome, outcome.by, outcome.tests, outcome.seconds])

            for key, outcome, by, tests, seconds in in_a_fork(tries):
                yield key, Outcome(outcome, by, tests, seconds)

    def _outcome(self, mutant: Mutant, killers: list[str]) -> Outcome:
        """Try a mutant on what killed others of its module, then on the tests that speak of what it changes."""
        tests = self._tests(mutant, killers)
        files = list(dict.fromkeys(_file_of(test) for test in tests))
        cpu_s = self._reach.cpu_s(tests) + READING_S
        source = self._read[mutant.module].source
        outcome = cold_outcome(mutant, source, self._root, tests, files, cpu_s)
        if outcome.by in self._reach.seconds and outcome.by not in killers:
            killers.append(outcome.by)
        return outcome

    def _tests(self, mutant: Mutant, killers: Sequence[str]) -> list[str]:
        reach, module = self._reach, mutant.module
        name = mutant.function.rpartition(".")[2] or name_given_at(self._read[module].tree, mutant)
        places = self._names.lines_that_rest_on(name)
        tests = {test for place, line in places for test in reach.tests_of(place, [line])}
        tests |= set(reach.tests_of(module, range(mutant.line, mutant.last_line + 1)))
        own = f"test_{Path(module).stem}.py"
        speaking = {file for file, text in self._texts.items() if own in file or (name and name in text)}
        tests |= {each for each in reach.seconds if _file_of(each) in speaking}
        tests |= {each for each in reach.seconds if each.startswith((OF_TABLES, FACTS))}
        ordered = sorted(
            reach.sorted(tests, module),
            key=lambda test: (
                test not in killers,
                not test.startswith(OF_TABLES),
                own not in test,
                _file_of(test) not in speaking,
                not test.startswith(FACTS),
            ),
        )
        took_s = accumulate(reach.seconds[test] for test in ordered)
        return [test for test, so_far_s in zip(ordered, took_s, strict=True) if so_far_s <= MOST_S]


def _file_of(test: str) -> str:
    return test.partition("::")[0]
