"""Measurements of speed, memory and quality, one module each: python -m benchmarks.NAME."""
