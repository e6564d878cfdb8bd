"""The aiohttp application: the only process that listens to the outside."""

from bot.web.app import create_app

__all__ = ["create_app"]
