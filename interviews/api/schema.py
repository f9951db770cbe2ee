"""What the OpenAPI document leaves out and adds."""

from typing import Any

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
                "code": {"type": "string", "example": "not_found"},
                "message": {"type": "string", "example": "There is no such session."},
                "fields": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                    "description": "What is wrong with which field.",
                },
            },
        }
    },
}
DESCRIPTIONS = {
    "4XX": "The request can't be met; `code` says why, `message` says it to people.",
    "5XX": "Something is wrong on our side, or too much is asked at once.",
}


def only_canonical(endpoints: list[Endpoint]) -> list[Endpoint]:
    """One entry an address: the one with its slash, without the version."""
    return [one for one in endpoints if one[0].endswith("/") and not one[0].startswith("/api/v1/")]


def with_errors(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Every operation may answer in the one error shape."""
    result["components"].setdefault("schemas", {})[ERROR_NAME] = ERROR
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ERROR_NAME}"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation.setdefault("summary", operation.get("description", "").partition(".")[0])
            for status, description in DESCRIPTIONS.items():
                operation["responses"].setdefault(status, {"description": description, "content": content})
    return result
