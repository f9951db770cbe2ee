"""What a password must have, beyond Django's own rules."""

from typing import Any

from django.core.exceptions import ValidationError


class UpperCaseAndDigitValidator:
    """An upper-case letter and a digit, in any script."""

    def validate(self, password: str, user: Any = None) -> None:
        if not any(one.isupper() for one in password):
            raise ValidationError("The password needs an upper-case letter.", "password_no_upper")
        if not any(one.isdigit() for one in password):
            raise ValidationError("The password needs a digit.", "password_no_digit")

    def get_help_text(self) -> str:
        return "Your password needs an upper-case letter and a digit."
