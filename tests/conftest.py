"""What holds for all tests."""

# Sanic, at its import, puts a filter of warnings of its own before those of pyproject.toml: it comes first.
import sanic  # noqa: F401
from hypothesis import settings

# The same examples at every run: a property that fails by chance tells the author of another change nothing.
settings.register_profile("full", max_examples=150, deadline=None, derandomize=True)
settings.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
settings.load_profile("full")
