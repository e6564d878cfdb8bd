"""A supplier and its contract in the chat: chosen, asked about, judged, come back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.base import VigieAction
from actions.cases import Button, chosen, complete_button, follow, link
from actions.faq import answer_if_asked
from actions.turn import LEAVE, Events, Turn
from bot.assistant import intent
from bot.compliance.answers import Answer, Answers, in_words
from bot.compliance.processors import Review
from bot.compliance.processors.verdict import ClauseVerdict
from bot.knowledge.model import Activity
from bot.knowledge.processors import KIND, NAME
from bot.language import names
from bot.language.lookup import mentions
from bot.language.normal import normal
from bot.language.products import product_names
from bot.records.practice_file import ContractFile
from bot.records.suppliers import SupplierFile

_FOLLOW, _NEW = f"suivre_{names.CONTRACT}", "nouveau"
#: So many suppliers are offered; the page has them all.
_OFFERED = 8
#: Where nothing is left to check, or nothing is to be signed.
_SETTLED = ("rien_a_signer", "mentions_reperees")


class ListContracts(VigieAction):
    """Takes the supplier that the sentence names; else offers those to check."""

    def name(self) -> str:
        return "action_contrats"

    def act(self, turn: Turn) -> Events:
        suppliers = turn.file.suppliers
        named = _named(suppliers, turn.text)
        # « Faut-il un contrat avec… ? » wants to know; « il est bon, mon contrat Doctolib ? » to look at it.
        by_name = any(one.told and one.told.name for one in named)
        if not by_name and (answered := answer_if_asked(turn)) is not None:
            return answered
        if len(named) == 1:
            return _take_up(turn, named[0])
        if named:
            turn.say("utter_contrat_laquelle", buttons=[_button(one) for one in named])
            return LEAVE
        if unlisted := _unlisted(turn):
            return _offer_to_add(turn, *unlisted)
        return _offer(turn, suppliers)


class FollowContract(VigieAction):
    """Comes back to a supplier, or takes one up: its next question, or how its contract stands."""

    def name(self) -> str:
        return f"action_{_FOLLOW}"

    def act(self, turn: Turn) -> Events:
        if _NEW in turn.entities(names.CONTRACT):
            return _begin(turn, {})
        if told := _told(turn):
            alike = [one for one in turn.file.suppliers if one.told and _same(turn, one, told)]
            return _take_up(turn, alike[0]) if alike else _begin(turn, told)
        case = chosen(turn, _questionnaire(turn), ContractFile.page)
        if not isinstance(case, ContractFile):
            return turn.resume()
        turn.take_up(_questionnaire(turn), case.number)
        if turn.intent == f"completer_{names.CONTRACT}":
            for question in case.dossier.tasks:
                turn.unit.cases.forget(case.record.id, turn.knowledge.processors.key(question.id))
        return _go_on(turn)


def conclude(turn: Turn, contract: ContractFile) -> Events:
    """Say what the supplier whose recap was confirmed is, and how its contract stands, clause by clause."""
    review = contract.dossier
    _say_role(turn, review)
    _say_verdict(turn, review)
    _say_next(turn, contract)
    return turn.stop("idle")


# --- Choosing and opening ---


def _named(suppliers: Sequence[SupplierFile], text: str) -> list[SupplierFile]:
    """Those that a text names by their own name, or else by what they do."""
    if not text:
        return []
    own = {place: [normal(one.review.name)] for place, one in enumerate(suppliers) if one.review.name}
    found = {mention.key for mention in mentions(text, own)}
    if not found:
        kinds = {mention.key for mention in mentions(text, _kinds(suppliers))}
        found = {place for place, one in enumerate(suppliers) if one.kind_id in kinds}
    return [suppliers[place] for place in sorted(found)]


def _kinds(suppliers: Iterable[SupplierFile]) -> dict[str, list[str]]:
    kinds = {one.kind_id: one.review.kind for one in suppliers}
    return {
        kind_id: [normal(word) for word in (kind.title, *kind.words)]
        for kind_id, kind in kinds.items()
        if kind
    }


def _unlisted(turn: Turn) -> tuple[str, str] | None:
    """The kind or the name of a supplier that the text names and that is not listed; None without one."""
    if not turn.text:
        return None
    products = [mention.key for mention in mentions(turn.text, product_names(turn.knowledge.vendors))]
    if products:
        return "", products[0]
    kinds = {
        kind_id: [normal(word) for word in (kind.title, *kind.words)]
        for kind_id, kind in turn.knowledge.processors.kinds.items()
    }
    found = list(dict.fromkeys(mention.key for mention in mentions(turn.text, kinds)))
    return (found[0], "") if len(found) == 1 else None


def _offer_to_add(turn: Turn, kind_id: str, name: str) -> Events:
    title = name or turn.knowledge.processors.kinds[kind_id].title
    turn.say(
        "utter_contrat_absent",
        {"links": [_page()]},
        buttons=[
            {"title": "L'ajouter et vérifier son contrat", "payload": _payload(kind_id, name)},
            {"title": "Voir les autres", "payload": intent(names.CONTRACTS)},
        ],
        nom=title,
    )
    return LEAVE


def _offer(turn: Turn, suppliers: Sequence[SupplierFile]) -> Events:
    """The suppliers to check as buttons, those that were begun first."""
    waiting = [one for one in suppliers if _to_check(one)]
    waiting.sort(key=lambda one: one.case is None)
    buttons = [_button(one) for one in waiting[:_OFFERED]]
    buttons.append({"title": "Un autre prestataire", "payload": intent(_FOLLOW, **{names.CONTRACT: _NEW})})
    left = len(waiting) - _OFFERED
    turn.say(
        "utter_contrats" if waiting else "utter_contrats_aucun",
        {"links": [_page()]},
        buttons=buttons,
        suite=f"Les {left} autres sont sur la page." if left > 1 else "",
    )
    return LEAVE


def _to_check(supplier: SupplierFile) -> bool:
    overall = supplier.review.overall
    unfinished = supplier.case is not None and not supplier.case.complete
    return unfinished or overall is None or overall.name not in _SETTLED


def _take_up(turn: Turn, supplier: SupplierFile) -> Events:
    """Speak of that supplier; what the interview says of it is noted first, and shown."""
    if supplier.case is None:
        return _begin(turn, supplier.told.presumed if supplier.told else {})
    turn.take_up(_questionnaire(turn), supplier.case.number)
    return _go_on(turn)


def _begin(turn: Turn, noted: Answers) -> Events:
    """A new supplier with what is known of it, shown back; then its questions."""
    empty = [case for case in turn.file.contracts if not case.recorded]
    record = empty[0].record if empty and not noted else turn.unit.cases.open(turn.practice_id, "contract")
    for key, answer in noted.items():
        turn.unit.cases.save(record.id, key, answer)
    questionnaire = _questionnaire(turn)
    turn.take_up(questionnaire, record.number)
    turn.say("utter_contrat_commence", intro=questionnaire.intro)
    sheet = turn.sheet(questionnaire)
    lines = [
        f"- {question.label} : {in_words(question, sheet.answers[sheet.key(question)])}"
        for question in sheet.answered
    ]
    if lines:
        turn.say("utter_contrat_note", lignes="\n".join(lines))
    return turn.ask(questionnaire) if sheet.next_question else turn.recap(questionnaire)


def _go_on(turn: Turn) -> Events:
    """The next question on the supplier in hand; when there is none, how it stands."""
    contract = turn.contract
    if contract is None:
        return turn.resume()
    return conclude(turn, contract) if contract.complete else turn.open(_questionnaire(turn))


def _told(turn: Turn) -> dict[str, Answer]:
    """What a button says of a supplier: its kind, its name."""
    processors = turn.knowledge.processors
    told = {KIND: turn.entities("genre")[:1], NAME: turn.entities("nom")[:1]}
    return {processors.key(question): Answer.given(value[0]) for question, value in told.items() if value}


def _same(turn: Turn, supplier: SupplierFile, told: Answers) -> bool:
    """Whether a supplier of the interview is the one that a button names."""
    presumed = supplier.told.presumed if supplier.told else {}
    keys = map(turn.knowledge.processors.key, (KIND, NAME))
    return all(presumed.get(key) == told.get(key) for key in keys)


def _button(supplier: SupplierFile) -> Button:
    if supplier.case:
        return {"title": supplier.title, "payload": follow(supplier.case)}
    name = supplier.told.name if supplier.told else ""
    return {"title": supplier.title, "payload": _payload(supplier.kind_id, name)}


def _payload(kind_id: str, name: str) -> str:
    # Rasa would read a brace in a name as the end of the button's own.
    plain = name.translate({ord("{"): "(", ord("}"): ")"})
    return intent(_FOLLOW, **{key: value for key, value in (("genre", kind_id), ("nom", plain)) if value})


# --- What is said ---


def _say_role(turn: Turn, review: Review) -> None:
    role = review.role
    if role is None:
        turn.say("utter_contrat_sans_genre")
        return
    reasons = [line.text for line in (*role.why, *role.besides)]
    if role.presumed:
        reasons.append(turn.knowledge.processors.wordings.presumed_role)
    sources = dict.fromkeys((*role.sources, *(source for line in role.why for source in line.sources)))
    turn.say(
        "utter_contrat_role",
        nom=review.called,
        role=role.label,
        sens=role.meaning,
        motifs=" ".join(reasons),
        suite=role.follows,
        sources=turn.cite(tuple(sources)),
    )


def _say_verdict(turn: Turn, review: Review) -> None:
    overall = review.overall
    if overall is None or not review.clauses:
        return
    lines = [
        _line(review, "À compléter", review.to_complete),
        _line(review, "À vérifier", review.to_check),
        _line(
            review, "C'est écrit, d'après vous", [one for one in review.clauses if one.state == "presente"]
        ),
    ]
    hosting = review.hosting
    if hosting and hosting.name != "non" and not review.hosting_settled:
        lines.append(f"- {hosting.label}. {hosting.text}")
    lines += [f"- {rule.text}" for rule in review.transfers if rule.level in ("a_verifier", "manque")]
    if review.old:
        lines.append(f"- {review.old.text}")
    turn.say(
        "utter_contrat_verdict",
        titre=overall.title,
        texte=overall.text,
        lignes="\n".join(line for line in lines if line),
        reserve=overall.caution,
        sources=turn.cite(overall.sources),
    )


def _line(review: Review, title: str, clauses: Sequence[ClauseVerdict]) -> str:
    if not clauses:
        return ""
    if len(clauses) == len(review.clauses):
        return f"- {title} : les {len(clauses)} points"
    # Some titles hold a comma.
    names = " ; ".join(one.clause.title[:1].lower() + one.clause.title[1:] for one in clauses)
    return f"- {title} ({len(clauses)}) : {names}"


def _say_next(turn: Turn, contract: ContractFile) -> None:
    """Where the page of the supplier is, with its letter; and what is still missing."""
    review, buttons = contract.dossier, []
    if review.tasks:
        buttons.append(complete_button(contract))
    buttons += [
        {"title": "Un autre contrat", "payload": intent(names.CONTRACTS)},
        {"title": "Reprendre l'entretien", "payload": "/reprendre"},
    ]
    links = [link(contract)]
    if review.measures:
        links.append({"title": "Voir les mesures", "href": "/mesures"})
    turn.say(
        "utter_contrat_suite" if review.clauses else "utter_contrat_fin", {"links": links}, buttons=buttons
    )


def _page() -> dict[str, str]:
    return {"title": "Vos prestataires", "href": ContractFile.page}


def _questionnaire(turn: Turn) -> Activity:
    return turn.knowledge.processors.questionnaire
