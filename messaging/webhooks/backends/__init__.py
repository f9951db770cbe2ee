"""What carries a delivery over the network."""
