"""Which notices a practice needs, what each has to hold, what is missing, and when it is to be made again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import PARIS
from bot.compliance import interview, register
from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.notices import Checked, PracticeNotice, Standing, Version, fingerprint
from bot.compliance.notices.deciding import decide
from bot.compliance.register import FieldDecision
from bot.compliance.versions import changes
from bot.knowledge import Question
from tests.compliance.notices import KNOWLEDGE, TOLD, decided, general_practitioner, notices, recorded, whole

ALL = ["affiche", "patients", "courte", "personnel", "telemedecine", "recherche", "site"]
#: What the knowledge says by itself, whatever the practice answers.
STANDING_TEXTS = {
    "caractere_obligatoire",
    "source",
    "directives",
    "reclamation",
    "nouvelle_finalite",
    "mineurs",
    "retrait_consentement",
    "secret",
}
#: RGPD art. 13(1) and (2), art. 13(3) and loi de 1978 art. 48, the guide's items among them.
ARTICLE_13 = {
    "identite",
    "dpo",
    "finalites",
    "base_legale",
    "interet_legitime",
    "destinataires",
    "transferts",
    "durees",
    "droits",
    "retrait_consentement",
    "reclamation",
    "caractere_obligatoire",
    "decision_automatisee",
    "nouvelle_finalite",
    "directives",
}

WHOLE = whole()
DECIDED = decided(WHOLE)
PRACTICE = notices(WHOLE, DECIDED)


def found(one: PracticeNotice, item: str) -> Checked:
    return next(checked for checked in one.checked if checked.id == item)


def notice(notice_id: str, practice: object = PRACTICE) -> PracticeNotice:
    one = practice.find(notice_id)  # type: ignore[attr-defined]
    assert one is not None
    return one


def texts(one: PracticeNotice) -> list[str]:
    return [text for _, texts in one.filled.content for text in texts]


# Which practice needs which notice.
NEEDED = [
    ({}, "affiche patients courte personnel site"),
    ({"profil__locaux": ("domicile_patients",)}, "patients courte personnel site"),
    ({"profil__locaux": ("etablissement",)}, "patients courte personnel site"),
    ({"profil__locaux": ("domicile_praticien",)}, "affiche patients courte personnel site"),
    ({"profil__personnel": ("personne",)}, "affiche patients courte site"),
    ({"profil__personnel": ("stagiaire",)}, "affiche patients courte personnel site"),
    ({"profil__personnel": ("remplacant",)}, "affiche patients courte personnel site"),
    ({"profil__outils": ("aucun",)}, "affiche patients courte personnel"),
    ({"profil__outils": ("aucun",), "rendez_vous__canaux": ("telephone",)}, "affiche patients personnel"),
    (
        {"profil__outils": ("aucun",), "rendez_vous__canaux": ("courriel",)},
        "affiche patients courte personnel",
    ),
    ({"profil__outils": ("aucun",), "profil__rendez_vous": False}, "affiche patients personnel"),
    ({"profil__outils": ("teleconsultation",)}, "affiche patients courte personnel telemedecine"),
    ({"profil__outils": ("recherche",)}, "affiche patients courte personnel recherche"),
    (
        {"profil__outils": ("site_internet",), "site_internet__nature": ("page",)},
        "affiche patients courte personnel",
    ),
    (
        {"profil__outils": ("site_internet",), "site_internet__nature": ("site_commun",)},
        "affiche patients courte personnel site",
    ),
    ({"profil__outils": ("teleconsultation", "recherche", "site_internet")}, " ".join(ALL)),
]


@pytest.mark.parametrize(("changed", "needed"), NEEDED)
def test_a_practice_gets_the_notices_that_it_needs(changed: dict[str, object], needed: str) -> None:
    practice = notices(general_practitioner(**changed))
    assert [one.id for one in practice.needed] == needed.split()
    assert all(one.notice.otherwise for one in practice.all if not one.applies)


def test_what_is_not_known_yet_leaves_a_notice_open_with_the_question_that_decides() -> None:
    practice = notices({"profil.nom": Answer.given("Dr Durand"), "profil.outils": UNKNOWN})
    waits = {one.id: one.waits_for.question for one in practice.all if one.waits_for}
    assert waits["affiche"] == "profil.locaux" and waits["telemedecine"] == "profil.outils"
    assert waits["courte"] == "profil.rendez_vous" and waits["site"] == "profil.outils"
    assert [one.id for one in practice.needed] == ["patients"]


@pytest.mark.parametrize("notice_id", ALL)
def test_each_notice_holds_every_item_of_article_13_and_of_the_guide(notice_id: str) -> None:
    held = {item.id for item in notice(notice_id).checked}
    guide = {name for name, item in KNOWLEDGE.notices.items.items() if item.guide}
    assert held >= ARTICLE_13 | guide
    # Article 14 too, where data come from others; a website has none.
    assert "source" in held or notice_id == "site"


def test_the_points_of_their_own_are_held() -> None:
    assert {"controle"} <= {item.id for item in notice("personnel").checked}
    assert {"acte_distance", "outil_distance", "enregistrement", "hebergement"} <= {
        item.id for item in notice("telemedecine").checked
    }
    assert {"etude_objet", "etude_responsable", "opposition_recherche", "codage"} <= {
        item.id for item in notice("recherche").checked
    }
    assert {"editeur", "directeur_publication", "hebergeur_site", "traceurs"} <= {
        item.id for item in notice("site").checked
    }
    assert {"plateforme", "renvoi"} <= {item.id for item in notice("courte").checked}
    assert {"hebergement", "secret", "mineurs"} <= {item.id for item in notice("patients").checked}


@pytest.mark.parametrize("notice_id", ALL)
def test_nothing_is_missing_for_a_practice_that_told_and_confirmed_everything(notice_id: str) -> None:
    one = notice(notice_id)
    assert [(item.id, [gap.text for gap in item.gaps]) for item in one.missing] == []
    assert one.proposed == () and one.complete


def supplied() -> Iterator[object]:
    """Each item of each notice with one answer that supplies it, or a theme for what the register tells."""
    for one in PRACTICE.all:
        for checked in one.checked:
            if checked.state != "present":
                continue
            for question in checked.item.supplied_by:
                if question in PRACTICE.answers:
                    yield pytest.param(one.id, checked.id, question, id=f"{one.id}-{checked.id}-{question}")
            blocks = [block for block in one.notice.blocks if checked.id in block.holds]
            if checked.item.fields and not any(KNOWLEDGE.notices.lines(block) for block in blocks):
                theme = next(entry.theme for entry in PRACTICE.register if entry.id in one.notice.entries)
                yield pytest.param(one.id, checked.id, f"{theme}.", id=f"{one.id}-{checked.id}-{theme}")


@pytest.mark.parametrize(("notice_id", "item", "taken"), supplied())
def test_an_item_is_missing_when_what_supplies_it_is_taken_away(
    notice_id: str, item: str, taken: str
) -> None:
    left = {key: value for key, value in WHOLE.items() if not key.startswith(taken)}
    checked = found(notice(notice_id, notices(left, DECIDED)), item)
    assert checked.state == "missing"
    wanted = {gap.question or f"{gap.theme}." for gap in checked.gaps}
    assert taken in wanted or any(one.startswith(taken) for one in wanted)


@pytest.mark.parametrize(
    ("notice_id", "item", "taken"), [one for one in supplied() if not one.values[2].endswith(".")]
)
def test_not_knowing_is_missing_too(notice_id: str, item: str, taken: str) -> None:
    checked = found(notice(notice_id, notices({**WHOLE, taken: UNKNOWN}, DECIDED)), item)
    assert checked.state == "missing" and taken in {gap.question for gap in checked.gaps}


def test_every_item_that_applies_can_be_supplied_or_stands_by_itself() -> None:
    items = KNOWLEDGE.notices.items
    alone = {
        name for name, item in items.items() if not item.supplied_by and not item.fields and not item.never
    }
    assert alone == STANDING_TEXTS
    present = {checked.id for one in PRACTICE.all for checked in one.checked if checked.state == "present"}
    assert present == set(items) - {"representant"}


@pytest.mark.parametrize(
    ("item", "changed", "why"),
    [
        ("dpo", {"profil__dpo": False}, "Aucun délégué"),
        ("responsables_conjoints", {"profil__mode_exercice": "seul"}, "seul"),
        (
            "hebergement",
            {"rendez_vous__canaux": ("telephone",), "facturation__hebergement": "local"},
            "aucun prestataire",
        ),
        ("plateforme", {"rendez_vous__canaux": ("courriel",)}, "pas de service"),
        ("representant", {}, "Union européenne"),
    ],
)
def test_an_item_that_does_not_apply_says_why(item: str, changed: dict[str, object], why: str) -> None:
    checked = found(
        notice("courte" if item == "plateforme" else "patients", notices(general_practitioner(**changed))),
        item,
    )
    assert checked.state == "not_applicable" and why in checked.why and checked.gaps == ()


def test_consent_and_legitimate_interest_call_for_their_own_items_and_rights() -> None:
    """RGPD art. 13(1)(d), 13(2)(c), 20 and 21: by the basis, not for all."""
    none = notices(
        general_practitioner(profil__outils=("aucun",), dossiers_patients__reutilisation=("rien",))
    )
    patients = notice("patients", none)
    assert found(patients, "retrait_consentement").state == "not_applicable"
    assert found(patients, "interet_legitime").state == "present"
    assert not any("format courant" in text for text in texts(patients))
    letters = notices(
        general_practitioner(profil__outils=("communication",), communication__abonnes=("patients",))
    )
    patients = notice("patients", letters)
    assert found(patients, "retrait_consentement").state == "present"
    assert any("format courant" in text for text in texts(patients))
    assert any("Vous opposer" in text for text in texts(patients))


def test_the_medical_record_has_its_own_time_and_its_first_copy_is_free() -> None:
    """CSP art. L. 1111-7; CJUE C-307/22."""
    told = " ".join(texts(notice("patients")))
    for part in ("8 jours", "48 heures", "un mois", "gratuite"):
        assert part in told


@pytest.mark.parametrize("profession", ["psychologue", "autre"])
def test_the_eight_days_are_promised_only_by_those_whom_the_code_names(profession: str) -> None:
    """CSP art. L. 1111-7 names health professionals; of the others RGPD art. 12(3) asks for a month."""
    patients = notice("patients", notices(general_practitioner(profil__profession=profession)))
    told = " ".join(texts(patients))
    assert "8 jours" not in told and "48 heures" not in told
    assert "un mois" in told and "gratuite" in told
    assert found(patients, "droits").state == "present"


@pytest.mark.parametrize(
    ("notice_id", "part"),
    [
        ("affiche", "Cabinet du Parc"),
        ("affiche", "cnil.fr"),
        ("patients", "dpo@parc.example"),
        ("patients", "L'agenda en ligne est gardé pour le cabinet par Doctolib."),
        ("courte", "Doctolib tient l'agenda"),
        ("personnel", "Une badgeuse"),
        ("personnel", "Des caméras filment : L'entrée ou un couloir."),
        ("telemedecine", "Nous utilisons Hellocare."),
        ("telemedecine", "Cardiolien"),
        ("telemedecine", "Ni l'image ni la voix"),
        ("recherche", "Sommeil et diabète"),
        ("recherche", "CHU de Toulouse, 05 61 77 00 00"),
        ("recherche", "porte un code"),
        ("recherche", "Vous pouvez refuser"),
        ("site", "09 72 10 10 07"),
        ("site", "Camille Durand"),
        ("site", "Une mesure d'audience"),
    ],
)
def test_what_was_answered_is_told(notice_id: str, part: str) -> None:
    assert any(part in text for text in texts(notice(notice_id)))


def test_what_the_practitioner_wrote_in_the_register_is_told_as_written() -> None:
    mine = FieldDecision(
        "changed", "Deux ans après le rendez-vous\nRendez-vous passés – En usage courant : un an"
    )
    one = notice("patients", notices(WHOLE, {**DECIDED, ("rendez_vous", "retention"): mine}))
    assert any("Deux ans après le rendez-vous" in text for text in texts(one))
    assert not any("le temps utile à l'organisation de vos soins" in text for text in texts(one))


def test_a_purpose_without_its_basis_is_missing_its_basis() -> None:
    mine = FieldDecision("changed", "Appeler les patients la veille")
    one = notice("patients", notices(WHOLE, {**DECIDED, ("rendez_vous", "purposes"): mine}))
    assert found(one, "finalites").state == "present"
    (gap,) = found(one, "base_legale").gaps
    assert (gap.entry, gap.field) == ("rendez_vous", "purposes")
    mine = FieldDecision(
        "changed", "Appeler les patients la veille – Base légale : Intérêt légitime (RGPD, art. 6(1)(f))"
    )
    one = notice("patients", notices(WHOLE, {**DECIDED, ("rendez_vous", "purposes"): mine}))
    assert found(one, "base_legale").state == "present"
    assert [gap.entry for gap in found(one, "interet_legitime").gaps] == ["rendez_vous"]


def test_a_period_that_nobody_set_is_missing_until_it_is_written() -> None:
    left = {key: value for key, value in DECIDED.items() if key != ("rendez_vous", "retention")}
    checked = found(notice("patients", notices(WHOLE, left)), "durees")
    assert [(gap.entry, gap.field) for gap in checked.gaps] == [("rendez_vous", "retention")]
    # Confirming what says that the practice has to set it sets nothing.
    field = next(
        e for e in register.build(KNOWLEDGE, interview.effective(KNOWLEDGE, WHOLE)) if e.id == "rendez_vous"
    ).field("retention")
    confirmed = {**left, ("rendez_vous", "retention"): register.confirmation(field)}
    assert found(notice("patients", notices(WHOLE, confirmed)), "durees").state == "missing"


def test_what_nobody_confirmed_is_told_to_the_practitioner() -> None:
    for notice_id in ("affiche", "patients", "courte"):
        assert "dossiers_patients" in notice(notice_id, notices(WHOLE)).proposed
    assert found(notice("patients", notices(WHOLE)), "finalites").proposed
    assert not found(notice("patients"), "finalites").proposed


def test_minors_are_spoken_to() -> None:
    assert any(text.startswith("Tu as moins de 18 ans") for text in texts(notice("patients")))


def test_every_legitimate_interest_that_is_told_says_which() -> None:
    told = {entry for one in KNOWLEDGE.notices.kinds for entry in one.entries}
    silent = [
        (entry.id, purpose.text)
        for activity in KNOWLEDGE.activities
        for entry in activity.register
        for purpose in entry.purposes
        if entry.id in told
        and purpose.public
        and purpose.basis == "interet_legitime"
        and not purpose.interest
    ]
    assert silent == []


def at_random(seed: int) -> dict[str, Answer]:
    """The answers of some practice, « je ne sais pas » and questions not reached among them."""
    chance = random.Random(seed)
    answers: dict[str, Answer] = {}
    for activity in (*KNOWLEDGE.activities, KNOWLEDGE.notices.questionnaire):
        for question in activity.questions:
            if chance.random() < 0.85:
                answers[f"{activity.id}.{question.id}"] = _some(question, chance)
    return answers


def _some(question: Question, chance: random.Random) -> Answer:
    if chance.random() < 0.15:
        return UNKNOWN
    options = [option for option in question.options if option != question.none]
    if question.kind == "many":
        return Answer.given(tuple(chance.sample(options, chance.randint(1, len(options)))))
    values = {
        "bool": chance.random() < 0.5,
        "one": chance.choice(options or [""]),
        "number": 3,
        "date": "2026-12-01",
    }
    return Answer.given(values.get(question.kind, "Un texte"))


@given(st.integers(0, 10**9))
def test_whatever_is_answered_a_notice_tells_no_gap_and_each_gap_can_be_closed(seed: int) -> None:
    practice = notices(at_random(seed))
    known = {entry.id for entry in practice.register}
    for one in practice.needed:
        for text in texts(one):
            assert not any(
                mark in text for mark in ("{", "}", "À préciser", "À vérifier", "Je ne sais pas")
            ), text
        for checked in one.checked:
            assert (checked.state == "missing") == bool(checked.gaps), (one.id, checked.id)
            assert (checked.state == "not_applicable") == bool(checked.why)
            if checked.state == "present":
                assert checked.said
            for gap in checked.gaps:
                assert gap.text and (gap.question or gap.theme or (gap.entry in known and gap.field))
                if gap.question:
                    asked = KNOWLEDGE.activity(gap.question.partition(".")[0])
                    assert asked is not KNOWLEDGE.notices.findings
                    assert (
                        not (answer := practice.answers.get(gap.question))
                        or not answer.known
                        or gap.question == "site_internet.bandeau"
                    )


# What a version is compared with.

MADE = datetime(2026, 11, 24, 9, 0, tzinfo=PARIS)


def test_a_notice_is_stale_when_what_it_tells_changed_and_says_what() -> None:
    one = notice("affiche")
    version = Version(1, one.filled.content, MADE, date(2026, 11, 24))
    same = notice("affiche", notices(WHOLE, DECIDED, {"affiche": (version,)})).standing
    assert not same.stale and same.changes == () and same.displayed == version
    moved = {**WHOLE, "profil.coordonnees": Answer.given("9 avenue Foch, 31000 Toulouse")}
    standing = notice("affiche", notices(moved, DECIDED, {"affiche": (version,)})).standing
    assert standing.stale
    told = {change.block: (change.removed, change.added) for change in standing.changes}
    assert told["Qui répond de vos données"] == (
        ("3 rue du Parc, 31000 Toulouse, 05 61 00 00 00",),
        ("9 avenue Foch, 31000 Toulouse",),
    )
    # The answer that comes back brings the poster back.
    assert not notice("affiche", notices(WHOLE, DECIDED, {"affiche": (version,)})).standing.stale


def test_a_change_elsewhere_or_a_mere_confirmation_makes_no_notice_stale() -> None:
    version = Version(1, notice("telemedecine", notices(WHOLE)).filled.content, MADE, date(2026, 11, 24))
    for answers in (WHOLE, {**WHOLE, "securite.verrouillage": Answer.given(False)}):
        kept = {key: value for key, value in DECIDED.items() if value.status == "confirmed"}
        assert not notice("telemedecine", notices(answers, kept, {"telemedecine": (version,)})).standing.stale


def test_the_version_in_place_counts_before_one_that_was_only_made() -> None:
    old, new = (("Qui", ("a",)),), (("Qui", ("b",)),)
    placed, made = Version(1, old, MADE, date(2026, 11, 1)), Version(2, new, MADE)
    standing = Standing((placed, made), new)
    assert standing.displayed == placed and standing.stale
    assert not Standing((made,), new).stale and Standing((made,), new).displayed is None
    assert not Standing((), new).stale


@given(st.lists(st.tuples(st.sampled_from("abc"), st.lists(st.sampled_from("xyz")).map(tuple))).map(tuple))
def test_a_content_does_not_differ_from_itself_and_its_mark_tells_it_from_others(
    content: tuple[object, ...],
) -> None:
    assert changes(content, content) == ()  # type: ignore[arg-type]
    assert fingerprint(content) == fingerprint(tuple(content))  # type: ignore[arg-type]
    assert fingerprint(content) != fingerprint((*content, ("d", ("w",))))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "told", "holds", "question"),
    [
        ({"profil.dpo": True}, {}, False, "profil.dpo"),
        ({"profil.dpo": True}, {"profil.dpo": False}, False, ""),
        ({"profil.dpo": True}, {"profil.dpo": "?"}, False, "profil.dpo"),
        ({"profil.dpo": {"not": True}}, {"profil.dpo": "?"}, True, ""),
        ({"telemedecine.contrat": True}, {"profil.outils": ("aucun",)}, False, ""),
        ({"telemedecine.contrat": True}, {}, False, "profil.outils"),
        (
            {"any_of": [{"profil.dpo": True}, {"profil.rendez_vous": True}]},
            {"profil.dpo": False},
            False,
            "profil.rendez_vous",
        ),
        ({"any_of": [{"profil.dpo": True}, {"profil.rendez_vous": True}]}, {"profil.dpo": True}, True, ""),
        ({"profil.dpo": True, "profil.rendez_vous": True}, {"profil.rendez_vous": False}, False, ""),
        ({}, {}, True, ""),
    ],
)
def test_a_condition_holds_waits_or_is_ruled_out(
    condition: dict[str, object], told: dict[str, object], holds: bool, question: str
) -> None:
    answers = {key: UNKNOWN if value == "?" else Answer.given(value) for key, value in told.items()}  # type: ignore[arg-type]
    decided = decide(KNOWLEDGE, condition, answers)
    assert (decided.holds, decided.question) == (holds, question)
    assert decided.ruled_out == (not holds and not question)


def test_the_answers_on_notices_count_only_where_their_question_applies() -> None:
    alone = {key: value for key, value in TOLD.items() if key != "profil.outils"} | {
        "profil.outils": ("aucun",)
    }
    practice = notices(recorded(alone))
    asked = [question.id for question in practice.sheet.asked]
    assert "etude_objet" not in asked and "mentions.etude_objet" not in practice.answers
    assert "acces_notice" in asked
