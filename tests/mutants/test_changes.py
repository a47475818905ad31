"""What a mutant changes, and what is left alone."""

from __future__ import annotations

import ast

import pytest

from tests.mutants.changes import Mutants

MODULE = "domain/rule.py"


def changed(source: str, what: str) -> str:
    """The source after the one change that is called that."""
    mutants = Mutants(MODULE, source)
    (mutant,) = (each for each in mutants if each.what == what)
    mutant.make()
    compile(mutants.tree, MODULE, "exec")
    return ast.unparse(mutants.tree)


@pytest.mark.parametrize(
    ("line", "what", "becomes"),
    [
        ("return a < b", "Lt becomes LtE", "return a <= b"),
        ("return a in b", "In becomes NotIn", "return a not in b"),
        ("return a and b", "And becomes Or", "return a or b"),
        ("return a and b", "without b", "return a"),
        ("return not a", "without Not", "return a"),
        ("return -a", "without USub", "return a"),
        ("return a + b", "Add becomes Sub", "return a - b"),
        ("a += b", "Add becomes Sub", "a -= b"),
        ("return a + 1", "1 becomes 2", "return a + 2"),
        ("return a + True", "True becomes False", "return a + False"),
        ("return a + 'x'", "'x' becomes 'x~'", "return a + 'x~'"),
        ("return max(a, b)", "max becomes min", "return min(a, b)"),
        ("return a", "returns None instead of a", "return None"),
        ("if a < b: return", "not (a < b)", "if not a < b:\n    return"),
        ("if a < b: raise a", "without raise a", "if a < b:\n    pass"),
        ("require(a)", "without require(a)", "pass"),
        ("a.sum_c = b", "without a.sum_c = b", "pass"),
        ("a.sum_c -= b", "without a.sum_c -= b", "pass"),
        ("while a: break", "Break becomes Continue", "while a:\n    continue"),
    ],
)
def test_a_mutant_is_one_small_change(line: str, what: str, becomes: str) -> None:
    made = changed(f"def rule(a, b):\n    {line}", what)
    assert made == "def rule(a, b):\n" + "\n".join(f"    {each}" for each in becomes.splitlines())


@pytest.mark.parametrize(
    "source",
    [
        '"""What it is for."""',
        "import decimal",
        "def rule(a: Literal['x'] = ..., *, b: int | None) -> Literal['y']:\n    '''Be a rule.'''",
        "amount_c: int | None",
        "@dataclass(frozen=True)\nclass Row:\n    '''A row.'''",
        "class Wrong(Refusal):\n    '''It is wrong.'''\n    code = 'wrong'\n    fr = 'Faux.'\n    nl = 'Fout.'",
        "Kind = TypeVar('Kind')",
        "class Paid(Event):\n    '''It was paid.'''\n    TOPIC = 'bill.paid.v1'",
        "NAMES = {SALES: 'Sales and services'}",
        "if TYPE_CHECKING:\n    LEVEL = 1",
        "Key = UUID | None",
    ],
)
def test_what_no_rule_rests_on_is_left_alone(source: str) -> None:
    assert not list(Mutants(MODULE, source))


def test_what_stands_beside_the_sentence_of_a_refusal_is_part_of_it() -> None:
    source = "def rule(a):\n    raise EmptyText(field='reason', most=3)\n"
    assert [each.what for each in Mutants(MODULE, source)] == [
        "without raise EmptyText(field='reason', most=3)",
        "3 becomes 4",
    ]


def test_a_mutant_knows_the_outermost_function_it_is_in() -> None:
    source = "DAYS = 3\nclass A:\n    class Paid:\n        def apply(self, a):\n            def f():\n                return 1\n"
    found = [(each.function, each.line, each.what) for each in Mutants(MODULE, source)]
    assert found == [
        ("", 1, "3 becomes 4"),
        ("A.Paid.apply", 6, "returns None instead of 1"),
        ("A.Paid.apply", 6, "1 becomes 2"),
    ]


def test_the_key_of_a_mutant_lasts_as_long_as_its_function_reads_the_same() -> None:
    def keys(source: str) -> set[str]:
        return {each.key for each in Mutants(MODULE, source)}

    source = "def rule(a):\n    return a + 1 + 1\n"
    assert len(keys(source)) == 5
    assert keys(source) <= keys(f"DAYS = 3\n\n\n{source}")
    assert not keys(source) & keys("def rule(a):\n    return a + 1 + 2\n")
