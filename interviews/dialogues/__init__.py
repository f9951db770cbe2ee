"""Short dialogues with the moves that each turn must bring, to try any interviewer on."""
