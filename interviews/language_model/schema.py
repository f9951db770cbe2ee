"""Makes the JSON schema of a form as strict servers want it: nothing optional, no references."""

from typing import Any

import msgspec

# OpenAI refuses these in strict schemas; what comes back is checked against the form anyway.
_UNKNOWN_TO_STRICT_SERVERS = frozenset({"title", "default", "minLength", "maxLength", "examples"})


def strict_schema(form: type[msgspec.Struct]) -> dict[str, Any]:
    """The schema of `form`. Raises TypeError for a form that strict schemas can't express."""
    (root,), definitions = msgspec.json.schema_components([form], ref_template="{name}")
    schema: dict[str, Any] = _strict(root, definitions, ())
    return schema


def _strict(schema: Any, definitions: dict[str, Any], within: tuple[str, ...]) -> Any:
    if isinstance(schema, list):
        return [_strict(item, definitions, within) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"]
        if name in within:
            raise TypeError(f"A form can't hold itself: {name}.")
        return _strict(definitions[name], definitions, (*within, name))
    if "prefixItems" in schema or isinstance(schema.get("additionalProperties"), dict):
        raise TypeError("A form holds no dicts and no tuples of fixed length.")
    kept = {key: value for key, value in schema.items() if key not in _UNKNOWN_TO_STRICT_SERVERS}
    if "properties" not in kept:
        return {key: _strict(value, definitions, within) for key, value in kept.items()}
    properties = {name: _strict(value, definitions, within) for name, value in kept["properties"].items()}
    return kept | {
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
