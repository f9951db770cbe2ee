"""Benchmarks: every figure the README shows, measured on the machine they run on."""
