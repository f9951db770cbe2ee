"""What the OpenAPI document leaves out, and the error answers that every operation may give."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

Endpoint = tuple[str, str, str, Any]
ERROR_NAME = "Error"
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields"],
            "properties": {
                "code": {"type": "string", "description": "For programs; it stays."},
                "message": {"type": "string", "description": "For people."},
                "fields": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                    "description": "What is wrong with which field.",
                },
            },
        }
    },
}
# status: what it means, an example's code and message
ANSWERS: dict[str, tuple[str, str, str]] = {
    "400": ("What was sent is wrong.", "invalid", "num_questions: A valid integer is required."),
    "401": ("Nobody, or a token that is not valid any more.", "not_authenticated", "Please sign in."),
    "403": ("Known, but not allowed.", "permission_denied", "Your role may read this, but not change it."),
    "404": ("No such thing, or not for you to know of.", "not_found", "There is no such session."),
    "409": ("Not now.", "already_started", "The interview has already begun."),
    "413": ("Too large.", "too_large", "A JSON body may have one megabyte at most."),
    "415": ("A kind of body that is not taken here.", "unsupported_media_type", "Unsupported media type."),
    "429": ("Too often; Retry-After says when.", "throttled", "Request was throttled."),
    "503": ("Something it needs is away.", "evaluator_unavailable", "The evaluator can't be reached now."),
}
FIELDS = {"400": {"num_questions": ["A valid integer is required."]}}
READING = frozenset({"get", "head", "options"})


class Schema(AutoSchema):
    """Names each error that an operation may answer with, by what it takes and who may ask."""

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)  # type: ignore[arg-type]
        for status in sorted(self._refusals() - set(bodies)):
            bodies[status] = _answer(status)
        return bodies

    def _refusals(self) -> set[str]:
        """The statuses, as strings."""
        method = self.method.lower()
        has_body = method in {"post", "put", "patch"}
        is_about_one = "{" in self.path
        found = {"400"}
        if has_body or self.get_auth():
            found |= {"401", "403"}
        if is_about_one or method in READING or method == "delete":
            found.add("404")  # a page beyond the last, too
        if is_about_one or method not in READING:
            found.add("409")
        if has_body:
            found |= {"404", "413", "415", "503"}  # a body may name things, too
        if getattr(self.view, "throttle_classes", ()):
            found.add("429")
        return found


def _answer(status: str) -> dict[str, Any]:
    description, code, message = ANSWERS[status]
    example = {"error": {"code": code, "message": message, "fields": FIELDS.get(status, {})}}
    schema = {"$ref": f"#/components/schemas/{ERROR_NAME}"}
    return {
        "description": description,
        "content": {"application/json": {"schema": schema, "example": example}},
    }


def only_canonical(endpoints: list[Endpoint]) -> list[Endpoint]:
    """One entry an address: the one with its slash, without the version."""
    return [one for one in endpoints if one[0].endswith("/") and not one[0].startswith("/api/v1/")]


def with_errors(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """The one error shape, with an example wherever it is; a summary where there is only a description."""
    schemas = result["components"].setdefault("schemas", {})
    schemas[ERROR_NAME] = ERROR
    for operations in result["paths"].values():
        for operation in operations.values():
            operation.setdefault("summary", operation.get("description", "").partition(".")[0])
            for status, answer in operation["responses"].items():
                if status in ANSWERS:
                    answer["content"] = answer.get("content") or _answer(status)["content"]
                    for content in answer["content"].values():
                        content.setdefault(
                            "example", _answer(status)["content"]["application/json"]["example"]
                        )
    return result


def as_it_is(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Takes back what spectacular promises too much of.

    An address or link in an answer may be empty, which no format allows; and a body of which nothing is
    required may be left out.
    """
    schemas = result["components"]["schemas"]
    for name, schema in schemas.items():
        if not name.endswith("Request"):
            for one in schema.get("properties", {}).values():
                if one.get("format") in {"email", "uri"}:
                    del one["format"]
    for operations in result["paths"].values():
        for operation in operations.values():
            body = operation.get("requestBody", {})
            kinds = [content.get("schema", {}) for content in body.get("content", {}).values()]
            if kinds and not any(_resolved(kind, schemas).get("required") for kind in kinds):
                body.pop("required", None)
    return result


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    return found
