"""What Vigie understands, measured: not needed to run it."""
