"""An engine of somebody's own, asked over HTTP: replies, evaluations and questions. See docs/engine.md."""
