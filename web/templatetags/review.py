"""Filters of the review's templates: positions, lengths and certainties as the report says them."""

from django import template

from reports import wording

register = template.Library()
register.filter("clock", wording.clock)
register.filter("duration", wording.length)
register.filter("certainty", wording.per_cent)
