"""`tutti schema`: the form in which facts are stored, for whoever reads the log without our code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from eventstore.codec import Codec
    from eventstore.registry import Registry

Topic = Annotated[
    str | None, typer.Argument(metavar="TOPIC", help="One kind of fact, such as invoice.issued.v1.")
]


@command
def schema(session: Session, topic: Topic = None) -> None:
    """List the kinds of facts, or show the JSON Schema of one, or of all with --json."""
    from domain.catalogue import AGGREGATES
    from eventstore.codec import Codec
    from eventstore.keystore import MemorySubjectKeys
    from eventstore.registry import Registry
    from eventstore.sealing import Sealer

    registry = Registry(*AGGREGATES)
    codec = Codec(registry, Sealer(MemorySubjectKeys()))
    if topic is not None:
        _show_one(session, codec, topic)
    elif session.screen.as_json:
        session.screen.data(
            {"schemas": {each: _schema_of(codec, each) for each in sorted(registry.topics())}}
        )
    else:
        _list(session, registry)


def _show_one(session: Session, codec: Codec, topic: str) -> None:
    found = _schema_of(codec, topic)
    if session.screen.as_json:
        session.screen.data(found)
    else:
        session.screen.line(json.dumps(found, indent=2, ensure_ascii=False))


def _schema_of(codec: Codec, topic: str) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **codec.json_schema(topic)}


def _list(session: Session, registry: Registry) -> None:
    rows = [(topic, _sentence(kind)) for topic, kind in sorted(registry.topics().items())]
    session.screen.table("", (Column("topic"), Column("meaning")), rows)


def _sentence(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())
