"""Which functions rest on a value that is given where a module or a class is read."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.mutants.changes import Mutant


class Names:
    """Which functions rest on a name given where a module or class is read, by way of other such names too."""

    def __init__(self, trees: dict[str, ast.Module]) -> None:
        """Read where each name is used."""
        self._used_by: dict[str, set[str]] = defaultdict(set)
        self._lines: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._imports = {module: _imported_by(tree) & trees.keys() for module, tree in trees.items()}
        for module, tree in trees.items():
            self._read(module, tree)

    def lines_that_rest_on(self, name: str) -> set[tuple[str, int]]:
        """Return every module and line of a function that uses the name, or one made of it."""
        met, todo = set(), [name]
        while todo:
            one = todo.pop()
            if one not in met:
                met.add(one)
                todo += self._used_by[one]
        return set().union(*(self._lines[one] for one in met))

    def apart_from(self, module: str) -> list[str]:
        """Return the dotted names of the modules that do not import this one, nor any that does."""
        needing, todo = set(), [module]
        while todo:
            one = todo.pop()
            if one not in needing:
                needing.add(one)
                todo += [each for each, imports in self._imports.items() if one in imports]
        return [dotted(each) for each in sorted(self._imports.keys() - needing)]

    def _read(self, module: str, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef):
                for used in _names_in(child):
                    self._lines[used] |= {(module, line.lineno) for line in child.body}
            elif isinstance(child, ast.ClassDef):
                self._read(module, child)
            elif isinstance(child, ast.Assign | ast.AnnAssign):
                for used in _names_in(child):
                    self._used_by[used] |= _given_by(child)


def _given_by(node: ast.AST) -> set[str]:
    """Return the names an assignment gives."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {each.id for each in targets if isinstance(each, ast.Name)}


def _names_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} | {
        each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)
    }


def name_given_at(tree: ast.Module, mutant: Mutant) -> str:
    """Return the name that is given where a mutant is made: of an assignment, or of a function with defaults."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or not node.lineno <= mutant.line <= (node.end_lineno or 0):
            continue
        if isinstance(node, ast.Assign | ast.AnnAssign):
            return next(iter(_given_by(node)), "")
        if isinstance(node, ast.FunctionDef) and mutant.line < node.body[0].lineno:
            return node.name
    return ""


def dotted(module: str) -> str:
    """Return the name by which a module is imported."""
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported_by(tree: ast.Module) -> set[str]:
    """Return the files that a module may import: those of a name, and of what is taken from it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        elif isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
    places = {name.replace(".", "/") for name in names}
    return {f"{place}.py" for place in places} | {f"{place}/__init__.py" for place in places}
