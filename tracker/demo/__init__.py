"""A made-up commune with two plans of its own, to try the service on; every name in it is invented."""
