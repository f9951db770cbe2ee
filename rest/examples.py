"""Gives every body in the OpenAPI document an example: one that was written, or one made of its schema."""

from typing import Any

# What fields are called all over the interface, and what may stand in them.
WORDS: dict[str, Any] = {
    "title": "First interview",
    "name": "Jane Smith",
    "full_name": "Jane Smith",
    "candidate_name": "Jane Smith",
    "username": "jane",
    "email": "jane@example.com",
    "phone": "+14155550123",
    "password": "Correct-horse-7",
    "job_role": "Backend engineer",
    "role": "Backend engineer",
    "description": "A first talk of half an hour.",
    "question_text": "Tell me about a change that went wrong, and what you did then.",
    "user_answer": "I rolled it back first, and then looked for the cause in the logs.",
    "text": "I rolled it back first, and then looked for the cause in the logs.",
    "message": "Thank you. What did you find?",
    "feedback": "It names the steps and gives a reason for each.",
    "competency": "Delivering change safely",
    "category": "technical",
    "time_zone": "Europe/Berlin",
    "language": "en",
    "reason": "Clear answers to all five questions, with examples.",
    "strengths": ["Rolls back before looking for the cause."],
    "improvements": ["Says how the change was tested."],
    "expected_points": ["Rolls back first.", "Finds the cause.", "Makes it unlikely to happen again."],
    "num_questions": 5,
    "duration_minutes": 30,
    "time_taken_seconds": 90,
    "overall_score": 71.5,
    "score": 71.5,
    "count": 1,
    "difficulty": "intermediate",
    "question_type": "technical",
    "status": "completed",
    "end_reason": "completed",
    "organisation": "Acme",
    "level": "good",
    "label": "Good 👍",
    "color": "blue",
    "job_fit_score": 68.0,
    "average_score": 71.5,
    "completion_rate": 100.0,
    "gist": "Rolled back first, then looked for the cause.",
    "note": "Two of three points.",
    "anchor": 4,
    "model": "",
    "public_token": "pQ0s5hV1cJq0m8Q2x6bXW1mJ8bKkq3nYw2dZ4aVvT9E",
    "socket_url": "wss://viva.example/ws/interviews/849ff4b1-b0af-47de-8c7b-959710f2b137/",
    "next": None,
    "previous": None,
}
FORMATS: dict[str, Any] = {
    "date-time": "2026-03-02T10:00:00Z",
    "date": "2026-03-02",
    "uuid": "849ff4b1-b0af-47de-8c7b-959710f2b137",
    "uri": "https://viva.example/",
    "email": "jane@example.com",
    "binary": "",
}
JSON = "application/json"
KINDS: dict[type, str] = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
DEEPEST = 8


def with_examples(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A hook of drf-spectacular: request bodies and good answers in JSON."""
    components = result["components"].get("schemas", {})
    for operations in result["paths"].values():
        for operation in operations.values():
            bodies = [operation.get("requestBody", {})]
            bodies += [answer for status, answer in operation["responses"].items() if status.startswith("2")]
            for body in bodies:
                content = body.get("content", {}).get(JSON)
                if content and not {"example", "examples"} & set(content):
                    content["example"] = example_of(content.get("schema", {}), components)
    return result


def example_of(schema: dict[str, Any], components: dict[str, Any], name: str = "", depth: int = 0) -> Any:
    """A value that the schema allows; `name` is the field it stands in."""
    if "$ref" in schema:
        found = components.get(schema["$ref"].rpartition("/")[2], {})
        return example_of(found, components, name, depth + 1) if depth < DEEPEST else None
    for key in ("allOf", "oneOf", "anyOf"):
        if schema.get(key):
            return example_of(schema[key][0], components, name, depth)
    if "example" in schema:
        return schema["example"]
    if "enum" in schema:
        return schema.get("default") or next((one for one in schema["enum"] if one), None)
    if "properties" in schema:
        inner = schema["properties"].items()
        return {key: example_of(value, components, key, depth + 1) for key, value in inner}
    return _plain(schema, components, name, depth)


def _plain(schema: dict[str, Any], components: dict[str, Any], name: str, depth: int) -> Any:
    if name in WORDS and _suits(WORDS[name], schema):
        return WORDS[name]
    if schema.get("default") is not None:
        return schema["default"]
    if schema.get("type") == "array":
        return [example_of(schema.get("items", {}), components, name.removesuffix("s"), depth + 1)]
    words = name.replace("_", " ")[: schema.get("maxLength", 80)]
    made: dict[str, Any] = {
        "integer": max(schema.get("minimum", 1), 1),
        "number": max(schema.get("minimum", 1), 1),
        "boolean": True,
        "string": FORMATS.get(schema.get("format", ""), words),
    }
    return made.get(schema.get("type", ""), {})


def _suits(word: Any, schema: dict[str, Any]) -> bool:
    if word is None:
        return bool(schema.get("nullable"))
    kind = KINDS[type(word)]
    return schema.get("type") in {kind, "number" if kind == "integer" else kind}
