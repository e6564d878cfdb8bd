"""What the application and a request carry, each under a typed key."""

from __future__ import annotations

from aiohttp import web
from jinja2 import Environment
from multidict import MultiDict

from bot.knowledge.model import Knowledge
from bot.records import Records
from bot.settings import Settings
from bot.web.conversation import Conversations
from bot.web.reading import ContractReader
from bot.web.security import RateLimit
from bot.web.session import Visitor

SETTINGS = web.AppKey("settings", Settings)
RECORDS = web.AppKey("records", Records)
KNOWLEDGE = web.AppKey("knowledge", Knowledge)
TEMPLATES = web.AppKey("templates", Environment)
CONVERSATIONS = web.AppKey("conversations", Conversations)
RATE_LIMIT = web.AppKey("rate_limit", RateLimit)
READER = web.AppKey("reader", ContractReader)

VISITOR = web.RequestKey("visitor", Visitor)
FORM = web.RequestKey("form", MultiDict[str])
#: The files that a form gives, by the name of their field.
FILES = web.RequestKey("files", dict[str, web.FileField])
