"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from domain.catalogue import AGGREGATES
from domain.errors import Refusal
from domain.facts import Ledgered

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "eventstore", "projections", "audit", "interchange", "api", "benchmarks", "workers")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
FILES = SOURCES + sorted((ROOT / "tests").rglob("*.py"))
ERROR_MODULES = [
    path
    for path in SOURCES
    if path.name == "errors.py" or (path.parent.name == "errors" and path.name != "__init__.py")
]

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 70
TOPIC = re.compile(r"[a-z-]+\.[a-z-]+\.v[0-9]+")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def module_of(path: Path) -> ModuleType:
    return importlib.import_module(name_of(path).removesuffix(".py").replace("/", "."))


def facts() -> list[type[Any]]:
    """Every event class of the ledger."""
    return [
        kind
        for aggregate in AGGREGATES
        for kind in vars(aggregate).values()
        if isinstance(kind, type) and issubclass(kind, Ledgered.Event) and "TOPIC" in vars(kind)
    ]


@cache
def refusals() -> list[type[Refusal]]:
    """Every refusal of every room, the common root included, wherever it is written."""
    for path in SOURCES:
        if any(map(_gives_a_code, ast.walk(tree_of(path)))):
            module_of(path)
    found: list[type[Refusal]] = [Refusal]
    for kind in found:
        found += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.partition(".")[0] in ROOMS]


def _gives_a_code(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        isinstance(line, ast.Assign | ast.AnnAssign) and ast.unparse(line).startswith("code")
        for line in node.body
    )


def test_there_is_something_to_check() -> None:
    assert len(FILES) > 100
    assert len(facts()) > 40
    assert len(refusals()) > 300


def test_a_file_fits_the_mind() -> None:
    assert not [name_of(path) for path in FILES if len(text_of(path).splitlines()) > MOST_LINES_OF_A_FILE]


def test_a_function_fits_a_screen() -> None:
    long = [
        f"{name_of(path)}:{node.name}"
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert not long


def test_a_module_says_what_it_is_for() -> None:
    # An empty file that makes a folder a package has nothing to say.
    silent = [
        name_of(path) for path in FILES if text_of(path).strip() and not ast.get_docstring(tree_of(path))
    ]
    assert not silent


def test_nothing_is_left_for_later() -> None:
    assert not [name_of(path) for path in FILES if UNFINISHED.search(text_of(path))]


def test_the_domain_knows_no_float() -> None:
    inexact = [
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        if name_of(path).startswith("domain/")
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
    ]
    assert not inexact


@pytest.mark.parametrize("kind", facts(), ids=lambda kind: str(kind.__qualname__))
def test_a_fact_has_a_topic_that_lasts_and_says_what_happened(kind: type[Any]) -> None:
    assert TOPIC.fullmatch(kind.TOPIC)
    assert vars(kind)["__doc__"].strip().endswith(".")
    assert not kind.__name__.endswith("Event")


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda each: str(each.__name__))
def test_the_topic_of_a_fact_begins_with_that_of_its_aggregate(aggregate: type[Ledgered]) -> None:
    own = [kind.TOPIC for kind in facts() if kind.__qualname__.startswith(f"{aggregate.__name__}.")]
    assert own
    assert {topic.partition(".")[0] for topic in own} == {aggregate.TOPIC}


def test_every_aggregate_stands_in_the_catalogue() -> None:
    written = {path.stem for path in (ROOT / "domain/aggregates").glob("*.py")} - {"__init__"}
    assert {aggregate.__module__.rpartition(".")[2] for aggregate in AGGREGATES} == written


@pytest.mark.parametrize("path", ERROR_MODULES, ids=name_of)
def test_the_tree_of_refusals_is_drawn_as_it_is(path: Path) -> None:
    module = module_of(path)
    drawn = _drawn(module.__doc__ or "")
    defined = {
        kind.__name__: kind.__mro__[1].__name__
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Refusal) and kind.__module__ == module.__name__
    }
    own = {name: parent for name, parent in drawn.items() if name in defined}
    assert list(own) == list(defined), "in the order of the drawing"
    assert {name: parent for name, parent in own.items() if parent} == {
        name: parent for name, parent in defined.items() if own[name]
    }
    assert all(defined[name] not in defined for name, parent in own.items() if not parent)
    assert drawn.keys() - defined.keys() <= {kind.__name__ for kind in refusals()}


def _drawn(text: str) -> dict[str, str]:
    """Return the parent of each class in a tree drawn with bullets; that of a root is empty."""
    path: list[tuple[int, str]] = []
    parents: dict[str, str] = {}
    for indent, name in re.findall(r"^( *)[*+.:-] ([A-Z]\w+)", text, re.MULTILINE):
        while path and path[-1][0] >= len(indent):
            path.pop()
        parents[name] = path[-1][1] if path else ""
        path.append((len(indent), name))
    return parents


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = {kind: vars(kind).get("code") for kind in refusals()}
    assert None not in codes.values()
    assert len(set(codes.values())) == len(codes)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", str(code)) for code in codes.values())


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: str(kind.__name__))
def test_the_docstring_of_a_refusal_is_the_sentence_the_user_reads(kind: type[Refusal]) -> None:
    sentence = vars(kind).get("__doc__") or ""
    assert sentence == sentence.strip()
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_every_refusal_is_raised_somewhere() -> None:
    said = "\n".join(text_of(path) for path in SOURCES if path not in ERROR_MODULES)
    leaves = [kind.__name__ for kind in refusals() if not kind.__subclasses__()]
    assert not [name for name in leaves if not re.search(rf"(?<!class )\b{name}\b", said)]


def test_imports_point_one_way() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
