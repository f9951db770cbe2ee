"""What clients send and read of messages."""
