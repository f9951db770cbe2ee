"""What came of many interviews: figures of organisations, each with the number of cases it stands on."""
