"""Money that comes in, in the office."""
