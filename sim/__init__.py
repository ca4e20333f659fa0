"""First Mover: does it pay to be first? The tariff talks of 2025 as an agent-based simulation."""

__version__ = "0.1.0"
