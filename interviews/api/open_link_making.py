"""Makes and revokes the open link of a job, as pages and programs ask for it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.security import note
from hiring.models import Job, OpenLink
from hiring.open_links import make_link, revoke_link
from interviews.api.serializers.open_links import USUAL_DAYS, OpenLinkWishSerializer


def apply_url(request: Any, token: str) -> str:
    """What is handed over."""
    address: str = request.build_absolute_uri(f"/apply/{token}/")
    return address


def make_open_link(request: Any, job: Job, sent: Any, by: User) -> tuple[OpenLink, str]:
    """The job's link and its address, to be shown now. Raises ValidationError."""
    read = OpenLinkWishSerializer(data=sent, context={"organisation": job.organisation})
    read.is_valid(raise_exception=True)
    given, now = read.validated_data, timezone.now()
    link, token = make_link(
        job,
        given["plan_id"],
        by=by,
        expires_at=given.get("expires_at") or now + timedelta(days=USUAL_DAYS),
        most_uses=given["most_uses"],
        now=now,
    )
    note("open_link_issued", request=request, user=by, detail=f"job {job.pk}")
    return link, apply_url(request, token)


def revoke_open_link(request: Any, link: OpenLink, by: User) -> None:
    revoke_link(link, timezone.now())
    note("open_link_revoked", request=request, user=by, detail=f"job {link.job_id}")
