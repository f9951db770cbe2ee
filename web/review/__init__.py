"""Review of what was said and judged, reports and what is shared of them: pages."""
