"""Who carries messages; the only place where vendors' own code is imported."""
