"""PURE. One reader a format: bytes become a Document."""
