"""A whole run: which tests execute what, then the warm mutants, then the cold ones."""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.mutants.changes import Mutant, Mutants
from tests.mutants.cold import Cold
from tests.mutants.forks import Say, in_a_fork
from tests.mutants.names import dotted
from tests.mutants.reach import Reach, watch, watch_reading
from tests.mutants.results import Results
from tests.mutants.session import Collected, collect
from tests.mutants.trials import NO_WARM_MUTANT, Outcome, Warm

ROOM = "domain"
TESTS = (
    "tests/domain",
    "tests/facts",
    "tests/whole",
    "tests/test_sentences.py",
    "tests/test_ten_hardest_cases.py",
)
SEED = 1
OURS = (
    "api",
    "audit",
    "benchmarks",
    "domain",
    "eventstore",
    "interchange",
    "projections",
    "tests",
    "workers",
)

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """What a run is to do."""

    paths: Sequence[str]
    results: Path
    again: bool
    sample: int | None = None


class Programme:
    """The mutants of some modules, and what became of them."""

    def __init__(self, root: Path, asked: Asked) -> None:
        """Read the modules and the results there are."""
        self._root, self._asked = root, asked
        self.results = Results(asked.results)
        self._tests = [each for each in TESTS if (root / each).exists()]
        everything = sorted((root / ROOM).rglob("*.py"))
        self._read = {
            path.relative_to(root).as_posix(): Mutants(
                path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
            )
            for path in everything
        }
        wanted = [(root / each).resolve() for each in asked.paths]
        self.mutants = [
            mutant
            for module, mutants in self._read.items()
            if any((root / module).is_relative_to(each) for each in wanted)
            for mutant in mutants
        ]

    def run(self, tell: Tell) -> None:
        """Try every mutant that is not known, and write down what became of it."""
        todo = [each for each in self.mutants if not self.results.is_known(each, again=self._asked.again)]
        if self._asked.sample is not None:
            chance = Random(SEED)  # noqa: S311 - the same sample each time
            todo = sorted(chance.sample(todo, min(self._asked.sample, len(todo))), key=_place)
        if not todo:
            return
        self._warm_up(tell)
        reach = self._reach(tell)
        cold = [each for each in todo if _is_cold(each, reach)]
        warm = [each for each in todo if not _is_cold(each, reach)]
        done = 0
        by_key = {each.key: each for each in todo}
        for key, outcome in self._warm_outcomes(warm, reach):
            if outcome.outcome == NO_WARM_MUTANT:
                cold.append(by_key[key])
                continue
            self.results.add(by_key[key], outcome)
            done += 1
            tell(f"{by_key[key].module}", done, len(todo))
        for key, outcome in Cold(self._root, self._read, reach).outcomes(cold):
            self.results.add(by_key[key], outcome)
            done += 1
            tell(f"{by_key[key].module}", done, len(todo))

    def _warm_up(self, tell: Tell) -> None:
        """Import what others wrote, and nothing of ours: every fork has it then."""
        tell("reading libraries", 0, 1)

        def theirs(say: Say) -> None:
            collect(self._tests, lambda _: None)
            rooms = tuple(f"{self._root / each}/" for each in OURS)
            for name, module in list(sys.modules.items()):
                place = getattr(module, "__file__", None) or ""
                if not place.startswith(rooms) and getattr(module, "__spec__", None):
                    say(name)

        for name in in_a_fork(theirs):
            if name not in sys.modules:
                importlib.import_module(name)

    def _reach(self, tell: Tell) -> Reach:
        """Which tests execute what: from the last run, if nothing has changed since, or seen now."""
        reach = Reach()
        digest = self._digest()
        kept = self._asked.results.with_suffix(".reach.jsonl")
        if kept.exists():
            first, *lines = kept.read_text(encoding="utf-8").splitlines()
            if first == digest:
                for line in lines:
                    reach.learn(json.loads(line))
                return reach

        def see(say: Say) -> None:
            def read() -> None:
                for module in self._read:
                    importlib.import_module(dotted(module))

            def all_of_them(collected: Collected) -> None:
                say(len(collected.names))
                watch(collected, self._root, ROOM, say)

            watch_reading(self._root, ROOM, read, say)
            collect(self._tests, all_of_them)

        lines, done, total = [digest], 0, 0
        for told in in_a_fork(see):
            if isinstance(told, int):
                total = told
                continue
            done += "test" in told
            tell("which tests execute what", done, total)
            reach.learn(told)
            lines.append(json.dumps(told))
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return reach

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for room in (ROOM, "tests"):
            for path in sorted((self._root / room).rglob("*.py")):
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def _warm_outcomes(self, warm: Sequence[Mutant], reach: Reach) -> Iterator[tuple[str, Outcome]]:
        def tries(say: Say) -> None:
            def one_by_one(collected: Collected) -> None:
                living = Warm(collected, self._root)
                killers: dict[tuple[str, str], list[str]] = {}
                for mutant in warm:
                    tests = reach.tests_of(mutant.module, range(mutant.line, mutant.last_line + 1))
                    known = killers.setdefault((mutant.module, mutant.function), [])
                    tests.sort(key=lambda test: test not in known)
                    outcome = self._unreached(tests) or living.outcome(
                        mutant, self._read[mutant.module].tree, tests, reach.cpu_s(tests)
                    )
                    if outcome.by in reach.seconds and outcome.by not in known:
                        known.append(outcome.by)
                    say([mutant.key, outcome.outcome, outcome.by, outcome.tests, outcome.seconds])

            collect(self._tests, one_by_one)

        if warm:
            for key, outcome, by, tests, seconds in in_a_fork(tries):
                yield key, Outcome(outcome, by, tests, seconds)

    def _unreached(self, tests: Sequence[str]) -> Outcome | None:
        return None if tests else Outcome("unreached", "", 0, 0)


def _place(mutant: Mutant) -> tuple[str, int, str]:
    return mutant.module, mutant.line, mutant.key


def _is_cold(mutant: Mutant, reach: Reach) -> bool:
    return not mutant.function or (mutant.module, mutant.function) in reach.while_read
