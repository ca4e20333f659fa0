"""First Mover."""
