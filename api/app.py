"""The HTTP face of the ledger: one application for one tenant."""

from __future__ import annotations

from fastapi import FastAPI

from api import describe, health, pages, problems
from api.requests import EveryRequest
from api.routers import (
    activities,
    aid,
    assemblies,
    bank,
    calendars,
    corrections,
    credit_notes,
    cutovers,
    deficits,
    directory,
    dividends,
    documents,
    doubts,
    elections,
    entities,
    exclusions,
    explanations,
    funds,
    governance,
    group,
    guarantees,
    invoice_drafts,
    invoicing,
    keys,
    late_payments,
    log,
    mandates,
    meetings,
    members,
    motions,
    outgoings,
    overpayments,
    patronage,
    payrolls,
    periods,
    plans,
    purchases,
    quotations,
    reports,
    shares,
    statements,
    vat_returns,
    waiting,
    withdrawals,
    years,
)
from api.services import Services

AREAS = (
    entities,
    periods,
    years,
    members,
    statements,
    exclusions,
    explanations,
    activities,
    deficits,
    group,
    plans,
    invoicing,
    invoice_drafts,
    quotations,
    corrections,
    credit_notes,
    doubts,
    late_payments,
    cutovers,
    bank,
    documents,
    outgoings,
    purchases,
    overpayments,
    payrolls,
    waiting,
    funds,
    aid,
    guarantees,
    shares,
    withdrawals,
    governance,
    motions,
    assemblies,
    meetings,
    elections,
    mandates,
    calendars,
    reports,
    vat_returns,
    directory,
    dividends,
    patronage,
    log,
    keys,
)


def create_app(services: Services) -> FastAPI:
    """Return the application that serves this ledger."""
    app = FastAPI(
        title="Tutti",
        version=describe.VERSION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.services = services
    for area in AREAS:
        app.include_router(area.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(pages.router)
    problems.install(app)
    app.add_middleware(EveryRequest, services=services)
    app.openapi = describe.describe(app)  # type: ignore[method-assign]  # FastAPI's way to extend it
    return app
