"""The list of suppliers, and the page of each: its role, its contract point by point, what to send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web
from multidict import MultiDict

from bot.compliance import days
from bot.compliance.answers import UNKNOWN, Answer, in_words
from bot.compliance.processors.contract import Decision
from bot.documents.supplier_list import fields
from bot.documents.supplier_papers import NothingToAsk, amendment_content, letter_content
from bot.knowledge.model import Knowledge, Question
from bot.knowledge.processors import EXISTS, HOSTING_SEEN, KIND, NAME
from bot.language.dates import coarse
from bot.language.guard import mask
from bot.records import PracticeFile, Unit
from bot.records.cases import CaseRecord
from bot.records.practice_file import ContractFile
from bot.records.suppliers import SupplierFile
from bot.uploads import Refused
from bot.uploads.texts import SILENT
from bot.web import texts
from bot.web.decisions import Wrong, typed_day
from bot.web.keys import FILES, FORM, KNOWLEDGE, READER, RECORDS, VISITOR
from bot.web.middlewares import Stop
from bot.web.pages import practice_file
from bot.web.reading import Given
from bot.web.rendering import page

#: What precedes the id of a question in the name of its field.
FIELD = "q-"
_UNKNOWN, _SET_ASIDE = "inconnu", "ecarte"
_YES_NO = {"oui": True, "non": False}
#: What an answer about a clause says of the passage that was found.
_DECISIONS: dict[str, Decision] = {
    "presente": "confirmed", "floue": "unclear", "absente": "rejected",
    _SET_ASIDE: "rejected", _UNKNOWN: "pending",
}  # fmt: skip
_LONGEST_NAME = 200
#: What the list already says above the other fields of a supplier, and the fields that repeat an answer.
_ABOVE = ("Nom", "Genre", "Rôle", "Contrat")
_ASKED = {"Certificat vu": HOSTING_SEEN, "Lieu": "lieu"}
#: Shown once after something was done: `?lu`.
_DONE = {"lu": texts.CONTRACT_READ, "oublie": texts.TEXT_ERASED, "retire": texts.SUPPLIER_REMOVED}


@dataclass(frozen=True)
class Mistakes:
    """What was not taken of a form: sentences by field, and what the fields held."""

    sentences: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Noted:
    """A form of a supplier's page, at the time it was posted."""

    unit: Unit
    contract: ContractFile
    form: MultiDict[str]
    knowledge: Knowledge
    now: datetime


async def show(request: web.Request) -> web.Response:
    """Every supplier: those whose contract matters first."""
    return _list(request, practice_file(request))


async def add(request: web.Request) -> web.Response:
    """Open the page of a supplier that the interview tells of, or add one by hand."""
    file, form, practice = practice_file(request), request[FORM], request[VISITOR].practice_id
    action = form.get("action", "")
    if action == "ouvrir":
        answers = _told(file, form)
    elif action == "ajouter":
        try:
            answers = _typed(request.app[KNOWLEDGE], form)
        except Wrong as wrong:
            typed = {name: form.get(name, "") for name in (KIND, NAME)}
            return _list(request, file, Mistakes({NAME: str(wrong)}, typed))
    else:
        raise web.HTTPBadRequest
    with request.app[RECORDS].unit() as unit:
        record = unit.cases.open(practice, "contract")
        for key, answer in answers.items():
            unit.cases.save(record.id, key, answer)
    raise web.HTTPSeeOther(f"{ContractFile.page}/{record.number}")


async def dossier(request: web.Request) -> web.Response:
    """One supplier: how its contract stands, its role, what is known of it, each clause, the letter."""
    file = practice_file(request)
    return _page(request, file, _contract(request, file))


async def note(request: web.Request) -> web.Response:
    """Keep answers on a supplier; erase the text of its contract, or all about it."""
    file, form = practice_file(request), request[FORM]
    found = _contract(request, file)
    action = form.get("action", "")
    if action not in _ACTIONS:
        raise web.HTTPBadRequest
    clock = request.app[RECORDS].clock
    with request.app[RECORDS].unit() as unit:
        done = _ACTIONS[action](Noted(unit, found, form, request.app[KNOWLEDGE], clock.now()))
    if isinstance(done, Mistakes):
        # What could be kept is kept already.
        file = practice_file(request)
        return _page(request, file, _contract(request, file), done)
    raise web.HTTPSeeOther(done)


async def give(request: web.Request) -> web.Response:
    """Read a contract that is pasted or uploaded, and keep what was found in it."""
    file, form = practice_file(request), request[FORM]
    found = _contract(request, file)
    if not found.dossier.clauses:
        raise Stop(422, texts.NO_CONTRACT)
    given = _given(request)
    try:
        if given is None:
            raise Wrong(texts.NOTHING_GIVEN)
        reading, findings = await request.app[READER].read(given, keep="garder" in form)
    except (Wrong, Refused) as error:
        sentence = error.text if isinstance(error, Refused) else str(error)
        where = "fichier" if given and given.name else "text"
        return _page(request, file, found, Mistakes({where: sentence}, {"text": form.get("text", "")}))
    with request.app[RECORDS].unit() as unit:
        # Erased in another window while it was read.
        record = _still(unit, found.record)
        unit.contracts.keep(record.id, reading, findings)
        key = found.dossier.knowledge.processors.key(EXISTS)
        if _value(found, EXISTS) not in ("signe", "conditions"):
            unit.cases.save(record.id, key, Answer.given("signe"))
    raise web.HTTPSeeOther(f"{found.address}?lu#contrat")


# --- What a form says ---


def _told(file: PracticeFile, form: MultiDict[str]) -> Mapping[str, Answer]:
    """What the interview says of the supplier that a button of the list names."""
    for one in file.suppliers:
        if one.told and (one.told.kind_id, one.told.name) == (form.get(KIND), form.get(NAME)):
            if one.case:
                raise web.HTTPSeeOther(one.case.address)
            return one.told.presumed
    raise web.HTTPNotFound


def _typed(knowledge: Knowledge, form: MultiDict[str]) -> dict[str, Answer]:
    """A supplier that is added by hand: its kind, its name, or both; raises Wrong."""
    processors = knowledge.processors
    kind, name = form.get(KIND, ""), _name(form.get(NAME, ""))
    if kind and kind not in processors.kinds:
        raise web.HTTPBadRequest
    if not (kind or name):
        raise Wrong(texts.NO_SUPPLIER)
    return {processors.key(key): Answer.given(value) for key, value in ((KIND, kind), (NAME, name)) if value}


def _name(text: str) -> str:
    text = mask(" ".join(text.split()), contact=True).text
    if len(text) > _LONGEST_NAME:
        raise Wrong(texts.LONG_NAME)
    return text


def _given(request: web.Request) -> Given | None:
    """The file that was chosen, or the text that was pasted; None when there is neither."""
    if upload := request[FILES].get("fichier"):
        return Given(upload.filename, upload.file.read())
    text = request[FORM].get("text", "")
    return Given(text=text) if text.strip() else None


def _answers(noted: Noted) -> str | Mistakes:
    """Keep each answer that the form gives, and what it says of a passage that was found."""
    sentences, typed = {}, {}
    case_id, processors = noted.contract.record.id, noted.knowledge.processors
    clauses = {clause.id for clause in processors.clauses.clauses}
    for question in noted.contract.sheet.asked:
        values = noted.form.getall(f"{FIELD}{question.id}", [])
        if not values:
            continue
        key = processors.key(question.id)
        try:
            answer = _answer(question, values, noted.now)
        except Wrong as wrong:
            sentences[question.id], typed[question.id] = str(wrong), values[0]
            continue
        if answer is None:
            noted.unit.cases.forget(case_id, key)
        else:
            noted.unit.cases.save(case_id, key, answer)
        if question.id in clauses:
            noted.unit.contracts.decide(case_id, question.id, _DECISIONS[values[0]])
    if sentences:
        return Mistakes(sentences, typed)
    # The form on the contract leads back to it.
    place = "contrat" if any(name.removeprefix(FIELD) in clauses for name in noted.form) else "verdict"
    return f"{noted.contract.address}#{place}"


def _answer(question: Question, values: list[str], now: datetime) -> Answer | None:
    """The answer that fields give; None when it is taken back. Raises Wrong, or refuses a made-up one."""
    first = values[0]
    if question.kind == "many":
        chosen = tuple(option for option in question.options if option in values)
        if chosen and _UNKNOWN in values:
            raise Wrong(texts.KNOWN_OR_NOT)
        return Answer.given(chosen) if chosen else UNKNOWN
    if question.kind in ("vendor", "date"):
        if not first.strip():
            return None
        if question.kind == "vendor":
            return Answer.given(_name(first))
        return Answer.given(_contract_day(first, now))
    if first in (_UNKNOWN, _SET_ASIDE):
        return UNKNOWN
    if question.kind == "bool" and first in _YES_NO:
        return Answer.given(_YES_NO[first])
    if first in question.options:
        return Answer.given(first)
    raise web.HTTPBadRequest


def _contract_day(text: str, now: datetime) -> str:
    """The contract's date, or no more than its month or year when that is all that is typed."""
    told = coarse(text, now.date())
    begins = days.earliest(told) if told else None
    if told is None or begins is None:
        return typed_day(text, now, texts.NO_CONTRACT_DAY, texts.FUTURE_CONTRACT_DAY).isoformat()
    if begins > now.date():
        raise Wrong(texts.FUTURE_CONTRACT_DAY)
    return told


def _forget_text(noted: Noted) -> str:
    noted.unit.contracts.forget_text(noted.contract.record.id)
    return f"{noted.contract.address}?oublie#contrat"


def _remove(noted: Noted) -> str:
    noted.unit.cases.remove(noted.contract.record.id)
    return f"{ContractFile.page}?retire"


#: What each form does; where it leads to, or what could not be taken.
_ACTIONS: dict[str, Callable[[Noted], str | Mistakes]] = {
    "repondre": _answers,
    "oublier": _forget_text,
    "retirer": _remove,
}


# --- What is shown ---


def _list(request: web.Request, file: PracticeFile, mistakes: Mistakes | None = None) -> web.Response:
    return page(
        request,
        "prestataires.html",
        422 if mistakes else 200,
        file=file,
        knowledge=request.app[KNOWLEDGE],
        concerned=[one for one in file.suppliers if one.concerned],
        others=[one for one in file.suppliers if not one.concerned],
        fields=_fields,
        mistakes=mistakes or Mistakes(),
        done=_done(request),
    )


def _fields(supplier: SupplierFile) -> dict[str, str]:
    """The texts of a supplier by label, with « pas encore demandé » where nobody was asked."""
    review, told = supplier.review, fields(supplier.review)
    for label, question_id in _ASKED.items():
        if told[label] and review.knowledge.processors.key(question_id) not in review.answers:
            told[label] = texts.NOT_ASKED
            if question_id == "lieu":
                told["Transferts"] = ""
    return {label: text for label, text in told.items() if text and label not in _ABOVE}


def _page(
    request: web.Request, file: PracticeFile, found: ContractFile, mistakes: Mistakes | None = None
) -> web.Response:
    review, now = found.dossier, request.app[RECORDS].clock.now()
    told = next((one.told for one in file.suppliers if one.case and one.case.number == found.number), None)
    clauses = {one.clause.id for one in review.clauses}
    general = [question for question in found.sheet.asked if question.id not in clauses]
    return page(
        request,
        "prestataire.html",
        422 if mistakes else 200,
        case=found,
        review=review,
        told=told,
        entries={entry.id: entry.title for entry in file.register},
        knowledge=request.app[KNOWLEDGE],
        general=general,
        unanswered=any(review.knowledge.processors.key(one.id) not in found.recorded for one in general),
        points=[question for question in found.sheet.asked if question.id in clauses],
        chosen={question.id: _chosen(found, question) for question in found.sheet.asked},
        silent=SILENT.format(pages=", ".join(map(str, found.reading.silent))) if found.reading else "",
        papers=_papers(found, now),
        field=FIELD,
        mistakes=mistakes or Mistakes(),
        done=_done(request),
    )


def _papers(found: ContractFile, now: datetime) -> dict[str, object]:
    """The letter and the model amendment, where there is something to ask."""
    made: dict[str, object] = {}
    for name, content in (("lettre", letter_content), ("avenant", amendment_content)):
        with suppress(NothingToAsk):
            made[name] = content(found.dossier, now)
    return made


def _chosen(found: ContractFile, question: Question) -> tuple[str, ...]:
    """What the fields of a question hold: the answer as the form would post it; nothing without one."""
    answer = found.recorded.get(found.dossier.knowledge.processors.key(question.id))
    if answer is None or answer.state == "skipped":
        return ()
    if not answer.known:
        finding = found.dossier.findings.get(question.id)
        return (_SET_ASIDE if finding and finding.decision == "rejected" else _UNKNOWN,)
    if isinstance(answer.value, bool):
        return ("oui" if answer.value else "non",)
    if question.kind == "date":
        return (in_words(question, answer),)
    return answer.value if isinstance(answer.value, tuple) else (str(answer.value),)


def _contract(request: web.Request, file: PracticeFile) -> ContractFile:
    found = file.contract(int(request.match_info["number"]))
    if found is None:
        raise web.HTTPNotFound
    return found


def _still(unit: Unit, record: CaseRecord) -> CaseRecord:
    found = unit.cases.find(record.practice_id, "contract", record.number)
    if found is None:
        raise web.HTTPNotFound
    return found


def _value(found: ContractFile, question_id: str) -> object:
    answer = found.recorded.get(found.dossier.knowledge.processors.key(question_id))
    return answer.value if answer else None


def _done(request: web.Request) -> str:
    return next((sentence for name, sentence in _DONE.items() if name in request.query), "")
