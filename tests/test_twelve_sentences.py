"""The sentences about money that the ledger promised to keep: each is the text of a test, word for word."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SENTENCES = (TESTS / "sentences.txt").read_text(encoding="utf-8").splitlines()


def told() -> set[str]:
    """The text of every test there is, on one line."""
    texts = set()
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                texts.add(" ".join((ast.get_docstring(node) or "").split()))
    return texts


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence[:40])
def test_each_sentence_is_a_test(sentence: str) -> None:
    assert sentence in told()
