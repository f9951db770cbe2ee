"""What goes in and comes out, by word of the domain."""
