"""How far people and the program, and people among each other, lie apart on one answer, in words."""

from collections.abc import Sequence

FAR = 2  # anchors


def differences(people: Sequence[tuple[str, int]], program: int | None) -> tuple[str, ...]:
    """One sentence for each pair that lies `FAR` or more apart; `people` by name, all on the anchors."""
    found = [
        f"{name} gave {score}, the program {program}: {_apart(score, program)}."
        for name, score in people
        if program is not None and abs(score - program) >= FAR
    ]
    if people:
        low, high = min(people, key=lambda one: one[1]), max(people, key=lambda one: one[1])
        if high[1] - low[1] >= FAR:
            found.append(f"{high[0]} gave {high[1]}, {low[0]} {low[1]}: {_apart(high[1], low[1])}.")
    return tuple(found)


def _apart(one: int, other: int) -> str:
    apart = abs(one - other)
    words = {2: "two", 3: "three", 4: "four"}
    return f"{words.get(apart, str(apart))} anchors apart, worth talking about"
