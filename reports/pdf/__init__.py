"""Laying reports out as PDF."""
