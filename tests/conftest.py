"""What holds for all tests."""

# Sanic, at its import, puts a filter of warnings of its own before those of pyproject.toml: it comes first.
import sanic  # noqa: F401
from hypothesis import settings

settings.register_profile("full", max_examples=150, deadline=None)
settings.register_profile("quick", max_examples=25, deadline=None)
settings.load_profile("full")
