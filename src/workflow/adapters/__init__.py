"""Adapters: where notices go."""
