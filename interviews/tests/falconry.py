"""A question that a model might write, fit to be asked."""

from typing import Any

FORM: dict[str, Any] = {
    "text": "How do you bring a young falcon to come back to your glove from a long way off?",
    "kind": "technical",
    "competency": "Training birds",
    "difficulty": "intermediate",
    "points": [
        {
            "text": "Begins on a line and lengthens it slowly.",
            "topic": "what you begin with",
            "cues": ["creance", "on a line", "lengthen*"],
        },
        {
            "text": "Rewards each return with a little food.",
            "topic": "what the bird gets for it",
            "cues": ["reward*", "food", "meat"],
        },
        {
            "text": "Watches the weight of the bird each day.",
            "topic": "what is watched every day",
            "cues": ["weight", "weigh*"],
        },
    ],
    "follow_ups": [{"point": 1, "ask": "What do you begin with?"}, {"point": 3, "ask": "What do you watch?"}],
    "rephrase": "How do you teach a young bird to return to you?",
    "help": "Think of the first weeks with a bird of your own.",
    "anchors": [
        "Says nothing about training a bird.",
        "Names the aim without any step towards it.",
        "Names one step that makes sense.",
        "Names the steps in a sound order.",
        "As four, and says how the bird's state is watched.",
    ],
    "reason": "The role is about birds.",
}
