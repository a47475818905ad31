"""The figures as rows and as Markdown, from the document that `tutti bench write` makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.errors import NoMarkedTable

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
FIGURE_HEADS = ("figure", "measure", "median", "goal", "stretch", "verdict", "values")
RUN_HEADS = ("run", "payments-a-second", "p50", "p99", "client-ms", "server-ms", "bytes-each")
_HELD = {True: "held", False: "missed", None: "not-judged"}


def figure_rows(document: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each figure; the verdict is a key of the words."""
    for name, each in document["figures"].items():
        verdict = _HELD[each["held"]] if each["values"] else "peer-missing"
        sign = "≤" if each["at_most"] else "≥"
        yield (
            name,
            each["what"],
            shown(each["ratio"]),
            "" if each["goal"] is None else f"{sign} {shown(each['goal'])}",
            shown(each["stretch"]),
            verdict,
            " ".join(map(shown, each["values"])) + (" ~" if each["noisy"] else ""),
        )


def run_rows(document: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each run: medians of its rounds, then the latencies."""
    for name, each in document["runs"].items():
        yield (name, *_figures_of(each))
    for name, each in document["latency"].items():
        yield (f"latency, {name}", *_figures_of(each))


def markdown(document: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """Return the document as the reference page has it."""
    machine = document["machine"]
    safeguards = ", ".join(f"{name} {value}" for name, value in machine["postgresql"].items())
    missing = _listed([f"{name} ({why})" for name, why in document["missing"].items()])
    asked = document["asked"]
    busiest = max(run["load"] for each in document["rounds"] for run in each["runs"].values())
    made_on = (
        f"{machine['cores']} cores ({machine['processor']}), {machine['memory_gib']} GiB, "
        f"{machine['filesystem']}; PostgreSQL: {safeguards}; Python {machine['python']}; "
        f"load {machine['load']:.1f} before, at most {busiest:.1f} meanwhile. {asked['rounds']} rounds, "
        f"{shown(asked['seconds'])} s a run, {asked['accounts']:,} invoices and members."
    )
    verdicts = (
        f"`~`: between limits that differed by over 30 %. Missed: {_listed(document['missed'])}. "
        f"Noisy: {_listed(document['noisy'])}. Missing peers: {missing}."
    )
    paragraphs = [
        made_on,
        "\n".join(_table(FIGURE_HEADS, figure_rows(document), words, verdict=FIGURE_HEADS.index("verdict"))),
        verdicts,
        "\n".join(_table(RUN_HEADS, run_rows(document), words)),
        *sentences(document),
    ]
    return "\n\n".join(paragraphs)


def sentences(document: Mapping[str, Any]) -> list[str]:
    """Return what is no table: the crash, the read models that followed, the long run."""
    survived = document["crash"]
    said = [
        (
            f"Killed in mid-load: {survived['acknowledged']:,} payments acknowledged, {survived['before']:,} of them "
            f"before the kill; their callers asked again {survived['asked_again']:,} times; each is there once."
        )
    ]
    if "following" in document:
        followed = document["following"]
        said.append(
            f"Read models, while the product's use case runs {followed['asked_per_s']:,.0f} times a second, half "
            f"its peak: {shown(followed['behind_p50_ms'])} ms behind at the median, "
            f"{shown(followed['behind_p99_ms'])} ms at the 99th percentile, "
            f"{shown(followed['behind_most_ms'])} ms at most."
        )
    if "long" in document:
        endured = document["long"]
        _, first, *_, last = endured["resident_bytes"]
        said.append(
            f"{endured['commands']:,} commands in one run: {endured['per_s']:,.0f}/s; this process held "
            f"{first / 2**20:.0f} MiB after a tenth of them and {last / 2**20:.0f} MiB at the end."
        )
    return said


def written_into(page: str, table: str) -> str:
    """Return the page with what stands between its marks replaced; raises NoMarkedTable."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoMarkedTable(begin=BEGIN, end=END)
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def shown(value: float | None) -> str:
    """Return a figure with three digits that count, or as many as it has before the point."""
    if value is None:
        return ""
    if abs(value) >= 100:  # noqa: PLR2004 - three digits
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _figures_of(each: Mapping[str, Any]) -> tuple[str, ...]:
    fields = ("per_s", "p50_ms", "p99_ms", "client_ms", "server_ms", "bytes_each")
    return tuple(shown(each[field]) for field in fields)


def _table(
    heads: Sequence[str], rows: Iterator[tuple[str, ...]], words: Mapping[str, str], *, verdict: int = -1
) -> Iterator[str]:
    yield "| " + " | ".join(words[head] for head in heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        cells = [words[cell] if place == verdict else cell for place, cell in enumerate(row)]
        yield "| " + " | ".join(cells) + " |"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
