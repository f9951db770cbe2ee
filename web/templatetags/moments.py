"""Times as this person reads them: in their own zone, which is named."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


def zone_named(name: str) -> ZoneInfo:
    """UTC where there is no such zone (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def written(at: datetime, zone: str) -> str:
    """`3 May 2030, 14:00 CEST`"""
    local = at.astimezone(zone_named(zone))
    return f"{local.day} {local:%b %Y, %H:%M} {local.tzname()}"


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], at: datetime | None, missing: str = "–") -> SafeString | str:
    """`3 May 2030, 14:00 CEST`, or `missing` where there is no time."""
    if at is None:
        return missing
    zone = getattr(context.get("user"), "time_zone", "UTC")
    return format_html('<time class="number" datetime="{}">{}</time>', at.isoformat(), written(at, zone))
