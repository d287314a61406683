"""PURE. What a deadline text means."""
