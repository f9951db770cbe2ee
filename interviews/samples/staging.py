"""Puts the sample interviews on: their organisation, job and sessions, the engines, the judging."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async

from accounts.models import Organisation
from hiring.models import Job
from interviews.bank import get_question
from interviews.bank.planning import DEMO_FACTS
from interviews.evaluating import evaluate
from interviews.live.bus import Bus
from interviews.live.process import Process
from interviews.live.registry import Registry
from interviews.live.services import Services
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session
from interviews.plan import Plan
from interviews.samples.scene import PlayedClock, hold
from interviews.samples.script import SampleCandidate, Samples
from interviews.sessions import add_questions


def hold_interviews(samples: Samples, tell: Callable[[str], None]) -> list[Session]:
    """Interview every candidate, one after the other, and judge the answers by words alone."""
    return async_to_sync(_hold_all)(samples, tell)


async def _hold_all(samples: Samples, tell: Callable[[str], None]) -> list[Session]:
    process = Process()
    await process.recognizer.start()
    try:
        held = []
        for candidate in samples.candidates:
            tell(f"interviewing {candidate.name}")
            held.append(await hold_interview(samples, candidate, process.registry.services))
        return held
    finally:
        await process.registry.shutdown()
        await process.aclose()


async def hold_interview(samples: Samples, candidate: SampleCandidate, services: Services) -> Session:
    """One of them, with `services` but for the clock and the mind."""
    clock = PlayedClock(candidate.held_at)
    own = replace(
        services,
        clock=clock.now,
        bus=Bus(),
        mind=ScriptedMind(),
        voice=None,
    )
    registry = Registry(lambda: own)
    session: Session = await database_sync_to_async(_make_session)(samples, candidate)
    try:
        await hold(registry, session.pk, candidate, clock)
    finally:
        await registry.shutdown()
    await database_sync_to_async(evaluate)(session.pk)
    await database_sync_to_async(session.refresh_from_db)()
    return session


def _make_session(samples: Samples, candidate: SampleCandidate) -> Session:
    organisation, _ = Organisation.objects.get_or_create(
        name=samples.organisation,
        contact_email=samples.contact_email,
        defaults={"contact_name": samples.contact_name},
    )
    competencies = [{"name": name, "weight": weight} for name, weight in samples.competencies.items()]
    job, _ = Job.objects.get_or_create(
        organisation=organisation, title=samples.role, defaults={"competencies": competencies}
    )
    plan = Plan(
        role=samples.role,
        level=samples.level,
        questions=tuple(get_question(key) for key in candidate.answers),
        organisation=samples.organisation,
        facts=DEMO_FACTS,
    )
    session = Session.objects.create(
        uuid=candidate.session,
        organisation=organisation,
        job=job,
        candidate_name=candidate.name,
        job_role=samples.role,
        difficulty=samples.level,
        num_questions=plan.total,
        plan=msgspec.to_builtins(plan),
    )
    add_questions(session, plan)
    return session
