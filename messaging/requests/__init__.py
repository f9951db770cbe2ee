"""E-mail about what candidates ask of people: to those who should answer, and the answer."""
