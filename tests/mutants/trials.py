"""Trying a mutant: the module is changed in a fork, and the tests that execute the place run until one fails.

A change inside a function is *warm*: the function of the collected session gets other code. What is
given where a module or a class is read is *cold*: a fork from before any module of ours was imported
reads the changed one, and collects the tests anew.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from inspect import CO_NEWLOCALS
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from tests.mutants.changes import Mutant, Mutants
from tests.mutants.forks import CPU_TIME_IS_UP, Ended, Say, in_a_fork
from tests.mutants.session import Collected, collect

NO_WARM_MUTANT = "cold"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: `killed`, `timed-out` (which kills it too), `survived` or `unreached`."""

    outcome: str
    by: str
    tests: int
    seconds: float


class Warm:
    """Tries changes of functions in forks of a collected session."""

    def __init__(self, collected: Collected, root: Path) -> None:
        """Find the functions that live in this process."""
        self._collected = collected
        self._root = root
        self._alive: dict[CodeType, list[FunctionType]] = defaultdict(list)
        for each in gc.get_objects():
            if type(each) is FunctionType and each.__code__.co_filename.startswith(f"{root}/"):
                self._alive[each.__code__].append(each)

    def outcome(self, mutant: Mutant, tree: Any, tests: Sequence[str], cpu_s: float) -> Outcome:
        """Try one mutant; an outcome `cold` says that it cannot be made in a living function."""

        def trial(say: Say) -> None:
            mutant.make()
            say(_first_to_fail(self._collected, tests) if self._changed(mutant, tree) else NO_WARM_MUTANT)

        return _judged(trial, tests, cpu_s)

    def _changed(self, mutant: Mutant, tree: Any) -> bool:
        path = str(self._root / mutant.module)
        codes = _functions_of(compile(tree, path, "exec", dont_inherit=True))
        new = {(code.co_qualname, code.co_firstlineno): code for code in codes}
        changed = False
        for old, functions in self._alive.items():
            if old.co_filename != path or old.co_qualname != mutant.function:
                continue
            code = new.get((old.co_qualname, old.co_firstlineno))
            if code is None or len(code.co_freevars) != len(old.co_freevars):
                return False
            for function in functions:
                function.__code__ = code
            changed = True
        return changed


def cold_outcome(
    mutant: Mutant, source: str, root: Path, tests: Sequence[str], order: Sequence[str], cpu_s: float
) -> Outcome:
    """Try one mutant in a process that has imported nothing of ours: `order` are the files to collect."""

    def trial(say: Say) -> None:
        mutants = Mutants(mutant.module, source)
        next(each for each in mutants if each.key == mutant.key).make()
        sys.meta_path.insert(0, _Changed(root, mutant.module, mutants.tree))
        wanted = set(tests)
        failed: list[str] = []

        def until_one_fails(collected: Collected) -> None:
            own = [name for name in collected.names if name in wanted]
            failed.append(_first_to_fail(collected, own) or "")

        # File by file: what the first one finds out need not read the others.
        for path in order:
            try:
                collect([path], until_one_fails)
            except Exception:  # noqa: BLE001 - what cannot even be read is found out
                failed.append(f"reading {path}")
            if any(failed):
                break
        say("".join(failed) or None)

    return _judged(trial, tests, cpu_s)


def _judged(trial: Callable[[Say], None], tests: Sequence[str], cpu_s: float) -> Outcome:
    begun = time.monotonic()
    said: list[Any] = []
    try:
        said.extend(in_a_fork(trial, cpu_s=cpu_s))
    except Ended as ended:
        if not ended.by:
            raise  # the trial itself went wrong: that is no test that failed
        how = "timed-out" if ended.by == CPU_TIME_IS_UP else "killed"
        return Outcome(how, str(ended), len(tests), round(time.monotonic() - begun, 3))
    seconds = round(time.monotonic() - begun, 3)
    match said:
        case [None]:
            return Outcome("survived", "", len(tests), seconds)
        case [str() as by] if by == NO_WARM_MUTANT:
            return Outcome(NO_WARM_MUTANT, "", len(tests), seconds)
        case [str() as by]:
            return Outcome("killed", by, len(tests), seconds)
    raise RuntimeError(f"a trial said {said!r}")


def _first_to_fail(collected: Collected, tests: Iterable[str]) -> str | None:
    return next((name for name in tests if not collected.passes(name)), None)


def _functions_of(code: CodeType) -> Iterator[CodeType]:
    """Yield the functions of a module and of its classes, not those within functions."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            if each.co_flags & CO_NEWLOCALS:  # a function, which a class body is not
                yield each
            else:
                yield from _functions_of(each)


class _Changed(MetaPathFinder):
    """Finds one module of ours changed."""

    def __init__(self, root: Path, module: str, tree: Any) -> None:
        """Have this tree read in place of that file."""
        self._name = module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._path = str(root / module)
        self._tree = tree

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for that module only."""
        if fullname != self._name:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None:
            spec.loader = _ChangedLoader(fullname, self._path, self._tree)
        return spec


class _ChangedLoader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, tree: Any) -> None:
        super().__init__(fullname, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree, self.path, "exec", dont_inherit=True)
