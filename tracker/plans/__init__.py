"""PURE. A document becomes a draft of a plan."""
