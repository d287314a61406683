"""What is stored, one aggregate a module."""
