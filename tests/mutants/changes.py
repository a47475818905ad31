"""The small changes that a mutant may make, and at which places of a module they are made.

A place is left alone where a change could not be told by any test, or tells nothing about a rule:
docstrings, annotations, decorators, imports, type variables, the sentences and codes of refusals and
what stands beside them, other sentences, and the topics under which facts are stored, each of which has
a golden file of its own.
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

Put = Callable[[ast.AST], None]

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
# Turning these round is negating the condition they are.
NEGATED_BY_THEMSELVES = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
NAMES_FOR_EVER = frozenset({"code", "fr", "nl", "TOPIC"})
MOST_LETTERS = 80
CALLS_ABOUT_TYPES = frozenset({"TypeVar", "NewType", "cast"})


class Change(NamedTuple):
    """What kind of change, what it is, and how to make it."""

    kind: str
    what: str
    make: Callable[[], None]


@dataclass(frozen=True)
class Mutant:
    """One small change of one module.

    `function` is the outermost function it is in, with its classes, or empty: then it is made where
    the module or a class is read. `key` stays the same as long as that function reads the same.
    """

    key: str
    module: str
    function: str
    line: int
    last_line: int
    kind: str
    what: str
    make: Callable[[], None] = field(compare=False, repr=False)


@dataclass(frozen=True)
class _Place:
    """Where the walk is: in which function, and in which class with which names."""

    function: str = ""
    classes: tuple[str, ...] = ()
    statement: tuple[int, int] = (0, 0)
    read_as: str = ""
    refuses: bool = False


@dataclass
class Mutants:
    """The mutants of one module in the order it is written; each `make` changes `tree`, in place."""

    module: str
    source: str

    def __post_init__(self) -> None:
        """Read the module."""
        self.tree = ast.parse(self.source)
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def __iter__(self) -> Iterator[Mutant]:
        """Walk the module once."""
        yield from self._body(self.tree, _Place())

    def _body(self, node: ast.AST, place: _Place) -> Iterator[Mutant]:
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                for n, each in enumerate(value):
                    if isinstance(each, ast.AST):
                        yield from self._at(each, partial(value.__setitem__, n), place)
            elif isinstance(value, ast.AST):
                yield from self._at(value, partial(setattr, node, name), place)

    def _at(self, node: ast.AST, put: Put, place: _Place) -> Iterator[Mutant]:
        if _tells_nothing(node, place):
            return
        if isinstance(node, ast.stmt):
            place = self._entered(node, place)
        for change in _changes(node, put, whole=not place.function):
            yield self._mutant(node, place, change)
        match node:
            case ast.ClassDef():
                within = _Place("", (*place.classes, node.name), place.statement, place.read_as)
                for n, statement in enumerate(node.body):
                    yield from self._at(statement, partial(node.body.__setitem__, n), within)
            case ast.FunctionDef():
                yield from self._function(node, place)
            case ast.AnnAssign(value=ast.expr() as value):
                yield from self._at(value, partial(setattr, node, "value"), place)
            case ast.arg() | ast.AnnAssign():
                pass
            case _:
                yield from self._body(node, place)

    def _function(self, node: ast.FunctionDef, place: _Place) -> Iterator[Mutant]:
        yield from self._body(node.args, place)
        function = place.function or ".".join((*place.classes, node.name))
        within = place if place.function else _Place(function, (), place.statement, ast.unparse(node))
        for n, statement in enumerate(node.body):
            yield from self._at(statement, partial(node.body.__setitem__, n), within)

    def _entered(self, node: ast.stmt, place: _Place) -> _Place:
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else (node.end_lineno or node.lineno)
        span = (node.lineno, max(node.lineno, last))
        read_as = place.read_as if place.function else ast.unparse(node)
        return _Place(place.function, place.classes, span, read_as, isinstance(node, ast.Raise))

    def _mutant(self, node: ast.AST, place: _Place, change: Change) -> Mutant:
        read = hashlib.sha256(place.read_as.encode()).hexdigest()[:12]
        where = place.function or ".".join(place.classes)
        self._seen[read, where, change.what] += 1
        key = f"{self.module}:{where}:{change.what}:{self._seen[read, where, change.what]}:{read}"
        line = getattr(node, "lineno", place.statement[0])
        first, last = sorted((line, getattr(node, "end_lineno", None) or line))
        if isinstance(node, ast.stmt):
            first, last = place.statement
        return Mutant(key, self.module, place.function, first, last, *change)


def _tells_nothing(node: ast.AST, place: _Place) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Constant(value=str() as text):
            return place.refuses or (not place.function and " " in text)
        case ast.Call(func=ast.Name(id=name)) if name in CALLS_ABOUT_TYPES:
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return not place.function and name in NAMES_FOR_EVER and bool(place.classes)
        case _:
            return False


def _changes(node: ast.AST, put: Put, *, whole: bool) -> Iterator[Change]:
    """Yield what can be made of a node; `whole` where a module or a class is read, not in a function."""
    yield from _turned_round(node, put, whole=whole)
    yield from _replaced(node, put)
    if not whole:
        yield from _left_out(node, put)
    yield from _negated(node)


def _turned_round(node: ast.AST, put: Put, *, whole: bool) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=ops):
            for n, op in enumerate(ops):
                other = COMPARED[type(op)]
                what = f"{_named(op)} becomes {other.__name__}"
                yield Change("comparison", what, partial(ops.__setitem__, n, other()))
        case ast.BoolOp(op=op, values=parts):
            opposite = ast.Or() if isinstance(op, ast.And) else ast.And()
            what = f"{_named(op)} becomes {_named(opposite)}"
            yield Change("logic", what, partial(setattr, node, "op", opposite))
            for n, part in enumerate(parts):
                others = parts[:n] + parts[n + 1 :]
                left_out = partial(setattr, node, "values", others) if others[1:] else partial(put, others[0])
                yield Change("logic", f"without {_read(part)}", left_out)
        case ast.UnaryOp(op=ast.Not() | ast.USub() as unary, operand=operand):
            yield Change("logic", f"without {_named(unary)}", partial(put, operand))
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in RECKONED:
            if not (whole and isinstance(op, ast.BitOr)):  # in a type, there
                reckoned = RECKONED[type(op)]
                what = f"{_named(op)} becomes {reckoned.__name__}"
                yield Change("operator", what, partial(setattr, node, "op", reckoned()))
        case ast.Call(func=ast.Name(id=name) as called) if name in CALLED:
            what = f"{name} becomes {CALLED[name]}"
            yield Change("call", what, partial(setattr, called, "id", CALLED[name]))


def _replaced(node: ast.AST, put: Put) -> Iterator[Change]:
    match node:
        case ast.Constant(value=value) if _other_value(value) is not None:
            what = f"{value!r} becomes {_other_value(value)!r}"[:MOST_LETTERS]
            yield Change("constant", what, partial(setattr, node, "value", _other_value(value)))
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            nothing = ast.copy_location(ast.Constant(None), value)
            what = f"returns None instead of {_read(value)}"
            yield Change("return", what, partial(setattr, node, "value", nothing))
        case ast.Break() | ast.Continue():
            other: ast.stmt = ast.Continue() if isinstance(node, ast.Break) else ast.Break()
            what = f"{_named(node)} becomes {_named(other)}"
            yield Change("loop", what, partial(put, ast.copy_location(other, node)))


def _left_out(node: ast.AST, put: Put) -> Iterator[Change]:
    match node:
        case (
            ast.Expr(value=ast.Call())
            | ast.Raise()
            | ast.Assign(targets=[ast.Attribute() | ast.Subscript()])
            | ast.AnnAssign(target=ast.Attribute(), value=ast.expr())
            | ast.AugAssign()
        ):
            nothing = ast.copy_location(ast.Pass(), node)
            yield Change("statement", f"without {_read(node)}", partial(put, nothing))


def _negated(node: ast.AST) -> Iterator[Change]:
    conditions: list[tuple[ast.expr, Put]] = []
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            conditions.append((test, partial(setattr, node, "test")))
        case ast.comprehension(ifs=ifs):
            conditions += [(test, partial(ifs.__setitem__, n)) for n, test in enumerate(ifs)]
    for test, put in conditions:
        match test:
            case ast.UnaryOp(op=ast.Not()):
                continue
            case ast.Compare(ops=[op]) if isinstance(op, NEGATED_BY_THEMSELVES):
                continue
        negated = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
        yield Change("condition", f"not ({_read(test)})", partial(put, negated))


def _read(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:MOST_LETTERS]


def _other_value(value: object) -> object:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}~"
        case _:
            return None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _named(node: ast.AST) -> str:
    return type(node).__name__
