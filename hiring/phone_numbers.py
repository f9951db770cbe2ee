"""Phone numbers of candidates, written in the one way that can be called from anywhere (E.164)."""

import re

import phonenumbers

E164 = re.compile(r"^\+[1-9]\d{6,14}$")
WITH_COUNTRY = "Write the whole number with its country code, such as +442079460123."


def as_e164(written: str) -> str | None:
    """`+44 (0)20 7946 0958` as +442079460958.

    None for what has no country code, has an extension, or can't be a number.
    """
    try:
        number = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return None
    # Possible, not "valid": ranges of numbers are given out faster than tables are renewed.
    if not phonenumbers.is_possible_number(number) or number.extension:
        return None
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return plain if E164.match(plain) else None
