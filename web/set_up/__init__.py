"""Jobs, plans and open links: pages."""
