"""The views of hiring's REST interface."""
