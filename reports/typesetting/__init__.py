"""Setting text: cleaning, faces, bidirectional order, shaping, lines and font subsets. Knows no PDF."""
