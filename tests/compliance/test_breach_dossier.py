"""The papers of a breach, what is missing, bad input, and the same incident told twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import moments
from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.breach import Dossier, FollowUp, Notification, Told
from bot.compliance.breach.checks import mistake
from bot.compliance.breach.recognition import likely_same
from bot.compliance.lines import FilledField
from tests.compliance.breaches import (
    KNOWLEDGE,
    NOW,
    PRACTICE,
    TABLE,
    WHOLE,
    C,
    Case,
    case_dossier,
    dossier,
    told,
)

BREACH = KNOWLEDGE.breach


def field(fields: tuple[FilledField, ...], name: str) -> FilledField:
    return next(one for one in fields if one.id == name)


class TestQuestions:
    def test_a_whole_story_leaves_nothing_to_ask(self) -> None:
        found = dossier(**WHOLE)
        assert found.next_question is None and found.complement == ()

    def test_the_first_question_is_what_happened(self) -> None:
        found = dossier().next_question
        assert found and found.id == "incident"

    @pytest.mark.parametrize("state", ["?", "-"])
    def test_what_is_not_known_yet_goes_to_the_complement(self, state: str) -> None:
        found = dossier(**{**WHOLE, "nombre_enregistrements": state, "mesures_prevues": state})
        assert [question.id for question in found.complement] == ["nombre_enregistrements", "mesures_prevues"]
        assert found.next_question is None

    @pytest.mark.parametrize(
        ("facts", "asked", "not_asked"),
        [
            ({"incident": "mauvais_destinataire"}, {"decouvert_par"}, {"cause", "en_cours", "fin"}),
            ({"incident": "prestataire"}, {"prestataire", "prestataire_connaissance", "cause"}, set()),
            ({"incident": "imposteur"}, set(), {"acces", "destinataire", "cause"}),
            ({"incident": "acces_interne"}, {"cause"}, {"acces", "destinataire"}),
            ({"incident": "panne", "atteinte": ("disponibilite",)}, {"retablissement", "soins"}, {"acces"}),
            ({"incident": "intrusion", "en_cours": False}, {"fin"}, set()),
            ({"incident": "intrusion", "en_cours": True}, set(), {"fin"}),
            ({"donnees": ("identite",)}, set(), {"identification"}),
            ({"donnees": ("sante",)}, {"identification"}, set()),
            ({"protections": ("chiffrement",)}, {"cle"}, set()),
            ({"acces": "avere", "atteinte": (C,)}, {"destinataire"}, {"recupere"}),
            ({"acces": "avere", "atteinte": (C,), "destinataire": "public"}, set(), {"recupere"}),
            (
                {"atteinte": ("aucune",), "incident": "panne"},
                set(),
                {"joignables", "information", "motif_retard"},
            ),
        ],
    )
    def test_a_question_is_asked_when_it_matters_only(
        self, facts: dict[str, object], asked: set[str], not_asked: set[str]
    ) -> None:
        found = {question.id for question in dossier(**facts).asked}
        assert asked <= found and not found & not_asked

    def test_a_correction_takes_away_what_no_longer_matters(self) -> None:
        answers: dict[str, object] = {**WHOLE, "acces": "avere", "destinataire": "malveillant"}
        assert dossier(**answers).verdict.tell
        assert not dossier(**{**answers, "acces": "exclu"}).verdict.tell

    def test_answering_all_that_is_asked_ends(self) -> None:
        answers = told({"incident": "prestataire"})
        for _ in range(len(BREACH.questionnaire.questions)):
            question = Dossier(KNOWLEDGE, answers, NOW).next_question
            if question is None:
                break
            answers[BREACH.key(question.id)] = UNKNOWN
        assert Dossier(KNOWLEDGE, answers, NOW).next_question is None


class TestForm:
    def test_the_fields_come_in_the_order_of_the_form_and_none_is_empty(self) -> None:
        form = dossier(**WHOLE).form
        assert [section.id for section in form.sections] == [section.id for section in BREACH.form.sections]
        assert all(one.lines and one.text.strip() for one in form.fields)

    def test_what_was_told_is_confirmed_as_it_was_told(self) -> None:
        fields = dossier(**WHOLE).form.fields
        for name, text in {
            "description": "Sacoche volée dans la voiture.",
            "connaissance": "20 novembre 2026 à 18 h 30",
            "debut": "20 novembre 2026 au soir",
            "nom": "Dr Camille Durand",
            "nature": "Perte de confidentialité",
            "prevues": "Chiffrer les portables.",
        }.items():
            assert (field(fields, name).text, field(fields, name).status) == (text, "confirmed")

    @pytest.mark.parametrize("name", ["origine", "niveau", "frontieres", "secteur"])
    def test_what_vigie_concludes_or_supposes_is_proposed(self, name: str) -> None:
        assert field(dossier(**WHOLE).form.fields, name).status == "proposed"

    def test_what_the_kind_of_incident_settles_is_proposed(self) -> None:
        found = dossier(**{**WHOLE, "incident": "rebut"})
        cause = field(found.form.fields, "cause")
        assert (cause.text, cause.status) == ("Du cabinet, par erreur", "proposed")

    def test_what_is_missing_says_what_to_find_out(self) -> None:
        found = field(dossier(**{**WHOLE, "circonstances": "?"}).form.fields, "description")
        assert found.status == "unknown" and found.text.startswith("À préciser")

    def test_of_an_unknown_kind_nothing_is_taken_for_granted_nor_asked_of_vigie_itself(self) -> None:
        found = dossier(**{**WHOLE, "incident": "?"})
        for name in ("origine", "sous_traitant"):
            assert field(found.form.fields, name).status == "unknown"
        written = [one.text for one in (*found.form.fields, *found.log)]
        written += [line.text for message in found.messages for part in message.parts for line in part.lines]
        concluded = [question.ask for question in BREACH.findings.questions]
        assert [text for text in written for ask in concluded if ask in text] == []

    def test_an_approximate_number_stays_so(self) -> None:
        answers = {**told(WHOLE), BREACH.key("nombre_personnes"): Answer.given(20, approximate=True)}
        answers = {key.replace("__", "."): answer for key, answer in answers.items()}
        (section,) = [one for one in Dossier(KNOWLEDGE, answers, NOW).form.sections if one.id == "personnes"]
        assert "environ 20 personnes" in [one.text for one in section.fields]

    def test_the_second_notification_completes_the_first(self) -> None:
        sent = FollowUp(notifications=(Notification("initial", NOW, "V-123"),))
        form = dossier(sent, NOW + timedelta(hours=1), **WHOLE).form
        assert field(form.fields, "type").text == "Notification complémentaire à la notification V-123"
        assert field(dossier(**WHOLE).form.fields, "type").text == "Notification initiale"

    def test_who_was_told_when_and_how_is_in_the_form(self) -> None:
        sent = FollowUp(told=(Told("personnes", NOW, "lettre"),))
        found = field(dossier(sent, **WHOLE).form.fields, "etat")
        assert found.text == "Oui, le 21 novembre 2026 à 9 h, par : lettre"

    @pytest.mark.parametrize("case", TABLE, ids=lambda case: case.id)
    def test_every_case_fills_every_field_without_a_question_to_vigie_itself(self, case: Case) -> None:
        found = case_dossier(case)
        asks = {question.ask for theme in (BREACH.findings, BREACH.followup) for question in theme.questions}
        for one in (*found.form.fields, *found.log):
            assert one.text.strip() and not any(ask in one.text for ask in asks)
            assert "{" not in one.text


class TestLog:
    def test_the_log_holds_the_guides_items_and_the_grounds_for_not_notifying(self) -> None:
        found = dossier(FollowUp("V-2026-001"), **{**WHOLE, "acces": "exclu", "joignables": None})
        justification = field(found.log, "justification")
        assert "vous pouvez le prouver" in justification.text and justification.guide
        assert field(found.log, "notification").text == "Non notifiée"
        assert field(found.log, "numero").text == "V-2026-001"

    def test_what_is_notified_and_told_needs_no_justification(self) -> None:
        assert field(dossier(**WHOLE).log, "justification").text == "Sans objet"

    def test_notifications_and_their_receipt_are_in_the_log(self) -> None:
        sent = FollowUp(
            "V-2026-001",
            (Notification("initial", NOW, "N-42"), Notification("complementary", NOW + timedelta(days=1))),
        )
        text = field(dossier(sent, NOW + timedelta(days=2), **WHOLE).log, "notification").text
        assert "Notifiée le 21 novembre 2026" in text and "N-42" in text and "22 novembre 2026" in text

    def test_refusing_to_tell_the_persons_is_justified_in_words(self) -> None:
        found = dossier(**{**WHOLE, "information": "non", "information_refus": "Enquête en cours."})
        assert "Enquête en cours." in field(found.log, "justification").text

    def test_no_violation_is_in_the_log_too(self) -> None:
        found = dossier(**PRACTICE, incident="panne", atteinte=("aucune",))
        assert not found.verdict.breach
        assert "pas une violation" in field(found.log, "risque").text
        assert "Aucune donnée personnelle" in field(found.log, "justification").text


class TestMessages:
    def test_a_whole_story_makes_messages_that_are_ready(self) -> None:
        found = dossier(**WHOLE).messages
        assert [message.id for message in found] == ["lettre", "courriel", "sms"]
        assert all(message.ready for message in found)

    def test_the_public_notice_is_written_when_it_takes_the_place_of_the_others(self) -> None:
        found = dossier(**{**WHOLE, "joignables": "non"})
        assert found.verdict.publish and "avis" in [message.id for message in found.messages]

    def test_a_message_tells_the_contents_of_article_34(self) -> None:
        (letter,) = [one for one in dossier(**WHOLE).messages if one.id == "lettre"]
        text = {part.id: " ".join(line.text for line in part.lines) for part in letter.parts}
        assert "perdu ou volé" in text["nature"] and "votre dossier" in text["nature"]
        assert "secret" in text["consequences"]
        assert "Chiffrer les portables" in text["mesures"]
        assert "Ne répondez pas" in text["conseils"]
        assert "Dr Camille Durand" in text["contact"] and "CNIL" in text["contact"]

    def test_without_the_practices_contact_a_message_is_not_ready(self) -> None:
        story = {key: value for key, value in WHOLE.items() if not key.startswith("profil")}
        assert not any(message.ready for message in dossier(**story).messages)

    @pytest.mark.parametrize("case", TABLE, ids=lambda case: case.id)
    def test_no_message_says_anything_on_health(self, case: Case) -> None:
        said = " ".join(
            line.text
            for message in case_dossier(case).messages
            for part in message.parts
            for line in part.lines
            if line.status != "unknown"
        ).lower()
        for word in ("psychiatr", "addiction", "vih", "ordonnance", "résultat", "compte rendu"):
            assert word not in said


class TestLinks:
    def test_the_entries_of_the_register_that_are_concerned_are_named(self) -> None:
        assert dossier(**WHOLE).entries == ("dossiers_patients", "mobiles")

    def test_the_measures_that_would_have_avoided_it_are_named_and_why(self) -> None:
        found = dossier(**WHOLE)
        assert "sec-chiffrement" in [measure.id for measure in found.measures]
        assert "appareil perdu ou volé" in found.why_measures


class TestBadInput:
    @pytest.mark.parametrize(
        ("question", "value", "says"),
        [
            ("debut", "2026-11-22", "avenir"),
            ("debut", "2026-11-21T09:01+01:00", "avenir"),
            ("debut", "1999-01-01", "année"),
            ("decouverte", "2026-11-18", "avant d'avoir commencé"),
            ("connaissance", "2026-11-19T08:00+01:00", "avant que l'incident soit découvert"),
            ("fin", "2026-11-18", "avant d'avoir commencé"),
            ("prestataire_connaissance", "2026-11-01", "avant que l'incident commence"),
            ("nombre_personnes", 0, "personne n'est concerné"),
            ("nombre_personnes", 80_000_000, "population"),
        ],
    )
    def test_what_cannot_be_right_is_told(self, question: str, value: object, says: str) -> None:
        base = told({"debut": "2026-11-19 soir", "decouverte": "2026-11-20T10:00+01:00"})
        base.pop(BREACH.key(question), None)
        answer = Answer.given(value)
        found = mistake(KNOWLEDGE, BREACH.key(question), answer, base, NOW)
        assert found and says in found.text and BREACH.key(question) in found.questions

    @pytest.mark.parametrize(
        ("question", "value"),
        [
            ("decouverte", "2026-11-21"),
            ("debut", "2026-11-20"),
            ("decouverte", "2026-11-19 soir"),
            ("connaissance", "2026-11-20"),
            ("connaissance", "2026-11-20T10:00+01:00"),
            ("nombre_personnes", 1),
        ],
    )
    def test_what_may_be_right_is_kept(self, question: str, value: object) -> None:
        base = told({"debut": "2026-11-19 soir", "decouverte": "2026-11-20T10:00+01:00"})
        base.pop(BREACH.key(question), None)
        assert mistake(KNOWLEDGE, BREACH.key(question), Answer.given(value), base, NOW) is None

    def test_about_twenty_persons_is_no_mistake(self) -> None:
        answer = Answer.given(20, approximate=True)
        assert mistake(KNOWLEDGE, BREACH.key("nombre_personnes"), answer, {}, NOW) is None

    def test_dates_in_order_are_never_mistakes(self) -> None:
        assert dossier(**WHOLE).mistakes == ()

    @given(st.lists(st.integers(0, 500_000), min_size=3, max_size=3))
    def test_three_moments_are_a_mistake_exactly_when_out_of_order(self, minutes_ago: list[int]) -> None:
        times = [NOW - timedelta(minutes=ago) for ago in minutes_ago]
        said = [moments.instant(at).text() for at in times]
        found = dossier(**dict(zip(("debut", "decouverte", "connaissance"), said, strict=True)))
        assert bool(found.mistakes) == (minutes_ago != sorted(minutes_ago, reverse=True))


class TestRecognition:
    THEFT: dict[str, object] = {"incident": "vol_appareil", "debut": "2026-11-20 soir"}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("other", "same"),
        [
            ({"incident": "vol_appareil", "debut": "2026-11-20"}, True),
            ({"incident": "vol_appareil", "debut": "2026-11-21T08:00+01:00"}, True),
            ({"incident": "vol_appareil", "decouverte": "2026-11-21"}, True),
            ({"incident": "vol_appareil", "debut": "2026-10-20"}, False),
            ({"incident": "papier", "debut": "2026-11-20"}, False),
            ({"incident": "vol_appareil"}, False),
            ({"incident": "vol_appareil", "debut": "?"}, False),
            ({"incident": "?", "debut": "2026-11-20"}, False),
            ({}, False),
        ],
    )
    def test_the_same_kind_at_nearly_the_same_time_is_likely_one_incident(
        self, other: dict[str, object], same: bool
    ) -> None:
        assert likely_same(BREACH, told(self.THEFT), told(other)) is same
        assert likely_same(BREACH, told(other), told(self.THEFT)) is same
