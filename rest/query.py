"""What stands behind the question mark of an address, outside of filters: read strictly, described alike."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from rest.rows import LARGEST_ID

FLAGS = {"true": True, "false": False}


def number_parameter(
    name: str, description: str, *, least: int = 1, most: int = LARGEST_ID
) -> OpenApiParameter:
    """The schema's word for what `read_number` takes."""
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return OpenApiParameter(name, schema, description=description)


def read_number(request: Request, name: str, *, least: int = 1, most: int = LARGEST_ID) -> int | None:
    """A whole number in ASCII digits; None where it is left out. Raises ValidationError."""
    sent = request.query_params.get(name)
    if sent is None:
        return None
    if not (sent.isascii() and sent.isdigit() and len(sent) < 20 and least <= int(sent) <= most):
        raise ValidationError({name: f"Write a whole number from {least} to {most}, or leave it out."})
    return int(sent)


def read_flag(request: Request, name: str) -> bool | None:
    """`true` or `false`; None where it is left out. Raises ValidationError."""
    sent = request.query_params.get(name)
    if sent is None:
        return None
    if sent.lower() not in FLAGS:
        raise ValidationError({name: "Write true or false, or leave it out."})
    return FLAGS[sent.lower()]
