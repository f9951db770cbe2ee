"""Who words replies, judges answers and writes questions in this process."""
