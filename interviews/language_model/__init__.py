"""Language models as Viva uses them: text that streams, or a filled form; and what both cost."""

from interviews.language_model.ports import (
    LanguageModel,
    LanguageModelError,
    Message,
    Prompt,
    Purpose,
    Spend,
    Spent,
)

__all__ = ["LanguageModel", "LanguageModelError", "Message", "Prompt", "Purpose", "Spend", "Spent"]
