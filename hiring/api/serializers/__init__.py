"""What clients send and read of hiring."""
