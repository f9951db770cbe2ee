"""Evaluators that ask somebody else: a language model."""
