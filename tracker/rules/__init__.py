"""PURE. The rules of the office: what is late, which step follows which, who must be told what."""
