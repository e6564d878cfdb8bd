"""How answers fill the register: what is proposed, confirmed, changed, and what is still to be found out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
import pytest

from bot.clock import PARIS
from bot.compliance.answers import AnswerTimes
from bot.compliance.interview import effective
from bot.compliance.lines import RegisterLine
from bot.compliance.register import (
    FIELD_LABELS,
    FieldDecision,
    FieldDecisions,
    FieldName,
    RegisterEntry,
    RegisterField,
    build,
    confirmation,
    head,
)
from bot.knowledge import Knowledge
from bot.knowledge.model import Retention, Safeguard
from tests.compliance.small import AGENDA, KNOWLEDGE, SOURCE, complete, given


def entries(decisions: object = None, **changed: object) -> list[RegisterEntry]:
    """The entries for the complete answers, some changed."""
    return build(KNOWLEDGE, effective(KNOWLEDGE, complete(**changed)), decisions)


def agenda(decisions: object = None, **changed: object) -> RegisterEntry:
    """The entry of the agenda for the complete answers, some changed."""
    return next(entry for entry in entries(decisions, **changed) if entry.id == "agenda")


def told(field: str, decisions: object = None, **changed: object) -> list[tuple[str, str]]:
    return [(line.text, line.status) for line in agenda(decisions, **changed).field(field).lines]


ASK = "À préciser : Et {} ?".format
NAME, PROPOSED, CONFIRMED, UNKNOWN = ("Nom du patient", "proposed"), "proposed", "confirmed", "unknown"


@pytest.mark.parametrize(
    ("field", "changed", "lines", "status"),
    [
        pytest.param("media", {}, [("Papier", PROPOSED)], PROPOSED, id="plain line"),
        pytest.param("controller", {}, [("Dr Durand", CONFIRMED)], CONFIRMED, id="placeholder"),
        pytest.param(
            "data_subjects", {}, [("Patients, 1200 patients", CONFIRMED)], CONFIRMED, id="number in a text"
        ),
        pytest.param(
            "data",
            {},
            [NAME, ("Motif", CONFIRMED)],
            PROPOSED,
            id="the least sure line tells",
        ),
        pytest.param("data", {"agenda__motif": "aucun"}, [NAME], PROPOSED, id="ruled out"),
        pytest.param(
            "data", {"agenda__motif": "?"}, [NAME, (ASK("motif"), UNKNOWN)], UNKNOWN, id="unknown answer"
        ),
        pytest.param(
            "data", {"agenda__motif": "-"}, [NAME, (ASK("motif"), UNKNOWN)], UNKNOWN, id="skipped answer"
        ),
        pytest.param(
            "data", {"agenda__motif": None}, [NAME, (ASK("motif"), UNKNOWN)], UNKNOWN, id="missing answer"
        ),
        pytest.param(
            "data_subjects",
            {"agenda__patients": "?"},
            [(ASK("patients"), UNKNOWN)],
            UNKNOWN,
            id="unknown placeholder",
        ),
        pytest.param(
            "processors", {}, [("Agendix", CONFIRMED)], CONFIRMED, id="placeholder under a condition"
        ),
        pytest.param(
            "processors",
            {"agenda__prestataire": "?"},
            [(ASK("prestataire") + " (à demander à votre comptable)", UNKNOWN)],
            UNKNOWN,
            id="whom to ask",
        ),
        pytest.param(
            "security",
            {"agenda__contrat": "?"},
            [(ASK("contrat") + " (à demander au service client)", UNKNOWN), ("Aucun rappel", CONFIRMED)],
            UNKNOWN,
            id="whom to ask, contracted",
        ),
        pytest.param(
            "processors", {"agenda__en_ligne": False}, [("Aucun", CONFIRMED)], CONFIRMED, id="other branch"
        ),
        pytest.param(
            "processors",
            {"agenda__en_ligne": "?"},
            [(ASK("en_ligne"), UNKNOWN)],
            UNKNOWN,
            id="the same question is asked once",
        ),
        pytest.param("software", {}, [("Agenda", CONFIRMED)], CONFIRMED, id="condition known"),
        pytest.param(
            "software",
            {"agenda__en_ligne": "?"},
            [(ASK("en_ligne"), UNKNOWN)],
            UNKNOWN,
            id="condition not known",
        ),
        pytest.param(
            "transfers", {"agenda__en_ligne": False}, [("Aucun", CONFIRMED)], CONFIRMED, id="not, answered"
        ),
        pytest.param(
            "transfers",
            {"agenda__en_ligne": "?"},
            [(ASK("en_ligne"), UNKNOWN), ("Aucun", PROPOSED)],
            UNKNOWN,
            id="what holds for lack of an answer was not told",
        ),
        pytest.param("transfers", {}, [("À vérifier", UNKNOWN)], UNKNOWN, id="a line to check"),
        pytest.param("retention", {}, [("Rendez-vous", PROPOSED)], PROPOSED, id="a retention is proposed"),
        pytest.param(
            "purposes", {}, [("Donner rendez-vous", PROPOSED)], PROPOSED, id="a purpose is proposed"
        ),
        pytest.param(
            "purposes",
            {"agenda__rappels": True},
            [("Donner rendez-vous", PROPOSED), ("Rappeler", PROPOSED)],
            PROPOSED,
            id="the law behind a purpose is proposed even when the purpose was told",
        ),
        pytest.param(
            "internal_recipients",
            {"profil__equipe": ("secretaire",)},
            [("Vous", PROPOSED), ("Secrétaire", CONFIRMED)],
            PROPOSED,
            id="answer of another theme",
        ),
        pytest.param("dpo", {}, [("Aucun", CONFIRMED)], CONFIRMED, id="common field"),
        pytest.param(
            "dpo", {"profil__delegue": "?"}, [(ASK("delegue"), UNKNOWN)], UNKNOWN, id="common field, unknown"
        ),
    ],
)
def test_a_field_shows_what_is_proposed_told_or_missing(
    field: str, changed: dict[str, object], lines: list[tuple[str, str]], status: str
) -> None:
    assert told(field, **changed) == lines
    assert agenda(**changed).field(field).status == status


def test_an_entry_has_the_fields_of_the_register_in_order_and_under_their_labels() -> None:
    for entry in entries(agenda__rappels=True):
        assert [field.name for field in entry.fields] == list(FIELD_LABELS)
        assert [field.label for field in entry.fields] == list(FIELD_LABELS.values())


def test_a_field_without_any_line_is_to_be_completed_never_empty() -> None:
    (_, rappels) = entries(agenda__rappels=True)
    assert rappels.field("processors").lines == (RegisterLine("À compléter", "unknown"),)
    assert rappels.field("processors").status == "unknown"


def test_an_entry_with_joint_controllers_of_its_own_shows_them_for_the_common_ones() -> None:
    entry, rappels = entries(agenda__rappels=True)
    assert [line.text for line in entry.field("joint_controllers").lines] == ["Aucun"]
    assert [line.text for line in rappels.field("joint_controllers").lines] == ["Le groupe"]


def test_unknown_fields_of_an_entry_are_listed() -> None:
    entry = agenda(agenda__contrat="?", agenda__motif="?")
    assert {field.name for field in entry.unknown} == {"data", "security", "transfers"}
    assert agenda(agenda__en_ligne=False).unknown == ()


def test_a_purpose_shows_its_lawful_basis_its_article_9_condition_and_its_note() -> None:
    (line,) = agenda().field("purposes").lines
    assert line.details == (
        ("Base légale", "Intérêt légitime (art. 6(1)(f))"),
        ("Données sensibles", "Soins (art. 9(2)(h))"),
        ("À savoir", "À relire"),
    )


def test_a_retention_shows_its_four_steps() -> None:
    (line,) = agenda().field("retention").lines
    assert [value for _, value in line.details] == ["Un an", "Aucune", "Jour", "Effacement"]


@pytest.mark.parametrize(
    ("field", "changed", "sources"),
    [
        pytest.param("data", {}, [("source-fiche",), ("source-ligne",)], id="its own, else the entry's"),
        pytest.param("controller", {}, [("source-commune",)], id="the common field's"),
        pytest.param(
            "dpo", {"profil__delegue": "?"}, [("source-delegue",)], id="the question's when unknown"
        ),
    ],
)
def test_a_line_has_its_sources(
    field: str, changed: dict[str, object], sources: list[tuple[str, ...]]
) -> None:
    assert [line.sources for line in agenda(**changed).field(field).lines] == sources


def test_sensitive_data_is_marked() -> None:
    assert [line.sensitive for line in agenda().field("data").lines] == [False, True]


class TestSecurity:
    def test_what_is_in_place_is_shown_in_every_entry_and_marked_as_shared(self) -> None:
        for entry in entries(profil__delegue=True, agenda__rappels=True):
            shared = [line.text for line in entry.field("security").lines if line.shared]
            assert shared == ["Délégué désigné"]

    def test_what_is_not_in_place_is_not_shown(self) -> None:
        assert told("security") == [("Contrat lu", "confirmed"), ("Aucun rappel", "confirmed")]

    def test_a_theme_not_yet_reached_is_named_as_what_completes_the_field(self) -> None:
        lines = told("security", agenda__rappels=None)
        assert lines[-1] == ("À compléter avec : « Agenda »", "unknown")

    @pytest.mark.parametrize("left", ["?", "-"], ids=["unknown", "skipped"])
    def test_what_nobody_knows_to_be_in_place_is_to_be_found_out(self, left: str) -> None:
        assert told("security", agenda__rappels=left) == [
            ("Contrat lu", "confirmed"),
            (ASK("rappels"), "unknown"),
        ]
        (line,) = agenda(agenda__rappels=left).field("security").lines[1:]
        assert line.sources == ("source-rappels",) and line.shared

    def test_two_measures_behind_the_same_question_ask_for_it_once(self) -> None:
        twice = msgspec.structs.replace(
            KNOWLEDGE,
            safeguards=tuple(
                Safeguard(
                    id=str(value), text=f"Rappels {value}", when={"agenda.rappels": value}, sources=SOURCE
                )
                for value in (True, False)
            ),
        )
        (entry,) = build(twice, effective(twice, complete(agenda__rappels="?")))
        assert [line.text for line in entry.field("security").lines] == ["Contrat lu", ASK("rappels")]

    def test_what_is_in_place_comes_before_what_is_missing(self) -> None:
        lines = told("security", agenda__rappels=False, profil__delegue="?")
        assert lines[1:] == [("Aucun rappel", "confirmed"), (ASK("delegue"), "unknown")]


def asking(retention: Retention | None = None, safeguard: Safeguard | None = None) -> Knowledge:
    """The small knowledge with another retention of the agenda, or another security measure."""
    entry = msgspec.structs.replace(AGENDA, retention=(retention,) if retention else AGENDA.retention)
    profil, theme = KNOWLEDGE.activities
    theme = msgspec.structs.replace(theme, register=(entry,))
    safeguards = (safeguard,) if safeguard else KNOWLEDGE.safeguards
    return msgspec.structs.replace(KNOWLEDGE, activities=(profil, theme), safeguards=safeguards)


class TestPlaceholders:
    RETENTION = Retention(
        data="Agenda de {profil.nom}",
        active="Chez {agenda.prestataire}",
        archive="Aucune",
        starts="",
        then="",
    )
    SAFEGUARD = Safeguard(
        id="s", text="Alarme de {agenda.prestataire}", when={"agenda.en_ligne": True}, sources=SOURCE
    )

    def line(self, field: FieldName, **changed: object) -> RegisterLine:
        knowledge = asking(self.RETENTION, self.SAFEGUARD)
        (entry,) = build(knowledge, effective(knowledge, complete(**changed)))
        return entry.field(field).lines[-1]

    def test_in_a_retention_they_are_filled_and_the_law_behind_it_stays_proposed(self) -> None:
        line = self.line("retention")
        assert (line.text, line.status) == ("Agenda de Dr Durand", "proposed")
        assert line.details[0] == ("En usage courant", "Chez Agendix")

    def test_a_phase_that_is_not_known_is_to_be_found_out_and_the_others_are_told(self) -> None:
        line = self.line("retention", agenda__prestataire="?")
        assert (line.text, line.status) == ("Agenda de Dr Durand", "unknown")
        asked = ASK("prestataire") + " (à demander à votre comptable)"
        assert [text for _, text in line.details] == [asked, "Aucune", "", ""]

    def test_what_is_kept_is_to_be_found_out_when_it_is_not_known(self) -> None:
        line = self.line("retention", profil__nom="-")
        assert (line.text, line.status, line.details) == (ASK("nom"), "unknown", ())

    def test_in_a_security_measure_they_are_filled(self) -> None:
        line = self.line("security")
        assert (line.text, line.status, line.shared) == ("Alarme de Agendix", "confirmed", True)

    def test_a_security_measure_that_is_not_known_is_to_be_found_out(self) -> None:
        line = self.line("security", agenda__prestataire="?")
        assert line.text == ASK("prestataire") + " (à demander à votre comptable)"
        assert (line.status, line.shared) == ("unknown", True)


class TestWhichEntriesThereAre:
    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            pytest.param({}, ["agenda"], id="all answered"),
            pytest.param({"agenda__rappels": True}, ["agenda", "rappels"], id="an activity that exists"),
            pytest.param({"agenda__rappels": "?"}, ["agenda"], id="an activity that may exist"),
            pytest.param({"profil__rendez_vous": False}, [], id="a theme that does not apply"),
        ],
    )
    def test_only_what_the_answers_show_to_exist(
        self, changed: dict[str, object], expected: list[str]
    ) -> None:
        assert [entry.id for entry in entries(**changed)] == expected

    def test_a_theme_has_entries_from_its_first_answer_on(self) -> None:
        begun = {"profil.rendez_vous": True}
        assert build(KNOWLEDGE, given(begun)) == []
        (entry,) = build(KNOWLEDGE, given({**begun, "agenda.en_ligne": "?"}))
        assert (entry.id, entry.theme) == ("agenda", "agenda")


def confirming(
    *fields: FieldName, earlier: FieldDecisions | None = None, **changed: object
) -> FieldDecisions:
    """The decisions that confirm those fields of the agenda, as it stands after `earlier` ones."""
    before = dict(earlier or {})
    entry = agenda(before, **changed)
    made = {
        ("agenda", name): confirmation(entry.field(name), before.get(("agenda", name))) for name in fields
    }
    return before | made


class TestConfirming:
    def test_it_confirms_what_was_proposed_and_keeps_its_words(self) -> None:
        decisions = confirming("data")
        assert decisions == {("agenda", "data"): FieldDecision("confirmed", "Nom du patient")}
        assert told("data", decisions) == [("Nom du patient", "confirmed"), ("Motif", "confirmed")]
        assert agenda(decisions).field("data").status == "confirmed"

    def test_it_does_not_make_known_what_is_not(self) -> None:
        decisions = confirming("data", agenda__motif="?")
        assert told("data", decisions, agenda__motif="?") == [
            ("Nom du patient", "confirmed"),
            (ASK("motif"), "unknown"),
        ]
        assert agenda(decisions, agenda__motif="?").field("data").status == "unknown"

    def test_what_is_proposed_later_is_proposed_and_the_rest_stays_confirmed(self) -> None:
        decisions = confirming("purposes")
        assert agenda(decisions).field("purposes").status == "confirmed"
        assert told("purposes", decisions, agenda__rappels=True) == [
            ("Donner rendez-vous", "confirmed"),
            ("Rappeler", "proposed"),
        ]
        field = agenda(decisions, agenda__rappels=True).field("purposes")
        assert (field.status, field.confirmable) == ("proposed", True)

    def test_confirming_what_came_later_keeps_what_was_confirmed_before(self) -> None:
        decisions = confirming("purposes", earlier=confirming("purposes"), agenda__rappels=True)
        field = agenda(decisions, agenda__rappels=True).field("purposes")
        assert (field.status, field.confirmable) == ("confirmed", False)

    @pytest.mark.parametrize(
        "changed",
        [
            Retention(
                data="Rendez-vous", active="Deux ans", archive="Aucune", starts="Jour", then="Effacement"
            ),
            Retention(data="Agenda", active="Un an", archive="Aucune", starts="Jour", then="Effacement"),
        ],
        ids=["another duration", "another name"],
    )
    def test_a_proposal_whose_words_or_details_change_is_proposed_again(self, changed: Retention) -> None:
        decisions = confirming("retention")
        assert agenda(decisions).field("retention").status == "confirmed"
        knowledge = asking(changed)
        (entry,) = build(knowledge, effective(knowledge, complete()), decisions)
        assert entry.field("retention").status == "proposed"

    def test_a_line_that_was_only_told_is_not_confirmed_for_later(self) -> None:
        # « Aucun » was told by « en ligne : non »; not knowing makes it a mere proposal.
        decisions = confirming("transfers", agenda__en_ligne=False)
        assert ("Aucun", "proposed") in told("transfers", decisions, agenda__en_ligne="?")

    def test_a_confirmation_of_nothing_changes_nothing(self) -> None:
        assert agenda({("agenda", "media"): FieldDecision("confirmed")}) == agenda()


class TestChanging:
    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            pytest.param("Agenda mural", ["Agenda mural"], id="one line"),
            pytest.param("Agenda mural\nCahier", ["Agenda mural", "Cahier"], id="two lines"),
            pytest.param("\n  Agenda mural \r\n\n Cahier\n", ["Agenda mural", "Cahier"], id="blank lines"),
        ],
    )
    def test_changing_a_field_puts_ones_own_lines_in_its_place(self, text: str, lines: list[str]) -> None:
        decisions = {("agenda", "media"): FieldDecision("changed", text)}
        assert told("media", decisions) == [(line, "changed") for line in lines]
        assert agenda(decisions).field("media").status == "changed"

    @pytest.mark.parametrize("text", ["", " ", "\n \n"], ids=["nothing", "a space", "blank lines"])
    def test_changing_a_field_to_nothing_leaves_it_as_proposed(self, text: str) -> None:
        decisions = {("agenda", "media"): FieldDecision("changed", text)}
        assert agenda(decisions) == agenda()

    def test_ones_own_lines_settle_what_was_unknown(self) -> None:
        decisions = {("agenda", "processors"): FieldDecision("changed", "Agendix SAS")}
        entry = agenda(decisions, agenda__prestataire="?")
        assert entry.field("processors").status == "changed"

    def test_what_is_to_check_stays_unknown_until_it_is_written(self) -> None:
        confirmed = {("agenda", "transfers"): FieldDecision("confirmed", "À vérifier")}
        assert told("transfers", confirmed) == [("À vérifier", "unknown")]
        written = {("agenda", "transfers"): FieldDecision("changed", "Aucun, dit le contrat")}
        assert told("transfers", written) == [("Aucun, dit le contrat", "changed")]

    def test_a_decision_counts_for_its_field_of_its_entry_only(self) -> None:
        decisions = {("agenda", "media"): FieldDecision("changed", "Mur")}
        entry, rappels = entries(decisions, agenda__rappels=True)
        assert [field.name for field in entry.fields if field.status == "changed"] == ["media"]
        assert all(field.status != "changed" for field in rappels.fields)

    def test_a_decision_on_a_field_or_an_entry_that_is_gone_changes_nothing(self) -> None:
        decisions = {
            ("agenda", "disparu"): FieldDecision("changed", "x"),
            ("disparue", "media"): FieldDecision("changed", "x"),
        }
        assert agenda(decisions) == agenda()

    def data(self, text: str, **changed: object) -> list[tuple[str, tuple[str, ...], bool]]:
        decisions = {("agenda", "data"): FieldDecision("changed", text)}
        lines = agenda(decisions, **changed).field("data").lines
        return [(line.text, line.sources, line.sensitive) for line in lines]

    def test_a_line_that_is_kept_bears_its_sources_and_its_mark(self) -> None:
        kept = ("Nom du patient", ("source-fiche",), False), ("Motif", ("source-ligne",), True)
        assert self.data("Nom du patient\nMotif") == [*kept]

    def test_a_line_that_is_kept_bears_them_even_once_it_is_no_longer_proposed(self) -> None:
        (*_, motive) = self.data("Nom du patient\nMotif", agenda__motif="aucun")
        assert motive == ("Motif", ("source-ligne",), True)

    def test_a_line_that_replaces_another_bears_its_sources_and_its_mark(self) -> None:
        assert self.data("Nom du patient\nMotif en deux mots") == [
            ("Nom du patient", ("source-fiche",), False),
            ("Motif en deux mots", ("source-ligne",), True),
        ]
        assert self.data("Identité et motif") == [
            ("Identité et motif", ("source-fiche", "source-ligne"), True)
        ]

    def test_a_line_that_is_added_has_neither(self) -> None:
        assert self.data("Nom du patient\nMotif\nTéléphone")[-1] == ("Téléphone", (), False)

    def test_what_was_sensitive_and_is_taken_away_marks_nothing(self) -> None:
        assert self.data("Nom du patient") == [("Nom du patient", ("source-fiche",), False)]

    def test_a_line_is_kept_with_its_details(self) -> None:
        (purpose,) = agenda().field("purposes").lines
        decisions = {("agenda", "purposes"): FieldDecision("changed", purpose.in_full)}
        (line,) = agenda(decisions).field("purposes").lines
        assert line.text == (
            "Donner rendez-vous – Base légale : Intérêt légitime (art. 6(1)(f))"
            " – Données sensibles : Soins (art. 9(2)(h)) – À savoir : À relire"
        )
        assert line.sources == ("source-fiche",)


class TestHead:
    def test_it_has_the_controller_the_joint_controllers_and_the_dpo(self) -> None:
        fields = head(KNOWLEDGE, complete())
        assert [field.name for field in fields] == ["controller", "joint_controllers", "dpo"]
        assert [field.lines[0].text for field in fields] == ["Dr Durand", "Aucun", "Aucun"]

    def test_it_is_the_same_in_every_entry(self) -> None:
        fields = head(KNOWLEDGE, complete(profil__delegue="?"))
        assert agenda(profil__delegue="?").fields[:3] == fields

    def test_it_tells_what_is_missing_before_anything_was_answered(self) -> None:
        assert [field.status for field in head(KNOWLEDGE, {})] == ["unknown", "proposed", "unknown"]


MORNING = datetime(2026, 11, 24, 9, tzinfo=PARIS)
HOUR = timedelta(hours=1)


def at(answers: Mapping[str, datetime]) -> dict[str, AnswerTimes]:
    """Questions first answered in the morning, with answers that are as they are since the times given."""
    return {key: AnswerTimes(MORNING, time) for key, time in answers.items()}


class TestOutdated:
    def field(self, name: FieldName, status: str = "changed", **answered: datetime) -> RegisterField:
        """A field decided one hour into the morning, with some answers' times."""
        decision = FieldDecision(status, "Ma phrase", MORNING + HOUR)
        times = at({key.replace("__", "."): time for key, time in answered.items()})
        (entry,) = build(KNOWLEDGE, complete(), {("agenda", name): decision}, times)
        return entry.field(name)

    @pytest.mark.parametrize(
        ("field", "answered", "outdated"),
        [
            pytest.param("media", {"agenda__motif": MORNING}, False, id="answered before"),
            pytest.param("media", {"agenda__motif": MORNING + HOUR}, False, id="answered at that moment"),
            pytest.param("media", {"agenda__motif": MORNING + 2 * HOUR}, True, id="theme answered after"),
            pytest.param(
                "internal_recipients", {"profil__equipe": MORNING + 2 * HOUR}, True, id="its line names it"
            ),
            pytest.param(
                "controller", {"profil__nom": MORNING + 2 * HOUR}, True, id="its placeholder names it"
            ),
            pytest.param(
                "media", {"profil__rendez_vous": MORNING + 2 * HOUR}, True, id="the theme rests on it"
            ),
            pytest.param(
                "security", {"profil__delegue": MORNING + 2 * HOUR}, True, id="a safeguard names it"
            ),
            pytest.param("media", {"profil__nom": MORNING + 2 * HOUR}, False, id="of no concern to it"),
            pytest.param("media", {}, False, id="no times"),
        ],
    )
    def test_a_changed_field_is_to_be_read_again_once_answers_behind_it_changed(
        self, field: FieldName, answered: dict[str, datetime], outdated: bool
    ) -> None:
        found = self.field(field, **answered)
        assert (found.status, found.outdated) == ("changed", outdated)

    def test_what_vigie_proposes_follows_the_answers_and_is_never_outdated(self) -> None:
        assert not self.field("media", "confirmed", agenda__motif=MORNING + 2 * HOUR).outdated

    def test_an_unrecorded_decision_is_not_outdated(self) -> None:
        decisions = {("agenda", "media"): FieldDecision("changed", "Mur")}
        (entry,) = build(KNOWLEDGE, complete(), decisions, at({"agenda.motif": MORNING}))
        assert not entry.field("media").outdated


class TestDates:
    def test_an_entry_was_created_with_the_first_answer_ever_given_to_its_theme(self) -> None:
        times = at({"agenda.motif": MORNING + HOUR})
        times["agenda.rappels"] = AnswerTimes(MORNING - HOUR, MORNING + 2 * HOUR)
        times["profil.nom"] = AnswerTimes(MORNING - 9 * HOUR, MORNING - 9 * HOUR)
        (entry,) = build(KNOWLEDGE, complete(), answered=times)
        assert entry.created == MORNING - HOUR

    @pytest.mark.parametrize(
        ("latest", "counts"),
        [
            ("agenda.motif", True),
            ("profil.nom", True),
            ("profil.equipe", True),
            ("profil.rendez_vous", True),
            ("profil.delegue", True),
            ("agenda_bis.q", False),
            ("profil.disparue", False),
        ],
    )
    def test_an_entry_was_updated_with_the_latest_answer_that_it_rests_on(
        self, latest: str, counts: bool
    ) -> None:
        times = at({"agenda.en_ligne": MORNING, latest: MORNING + HOUR})
        (entry,) = build(KNOWLEDGE, complete(), answered=times)
        assert entry.updated == (MORNING + HOUR if counts else MORNING)

    @pytest.mark.parametrize("status", ["confirmed", "changed"])
    def test_a_decision_on_one_of_its_fields_updates_it(self, status: str) -> None:
        decisions = {
            ("agenda", "media"): FieldDecision(status, "Papier", MORNING + HOUR),
            ("agenda", "disparu"): FieldDecision(status, "Papier", MORNING + 3 * HOUR),
            ("rappels", "media"): FieldDecision(status, "Papier", MORNING + 2 * HOUR),
        }
        answers = complete(agenda__rappels=True)
        entry, rappels = build(KNOWLEDGE, answers, decisions, at({"agenda.motif": MORNING}))
        assert (entry.updated, rappels.updated) == (MORNING + HOUR, MORNING + 2 * HOUR)
        assert entry.created == rappels.created == MORNING

    def test_without_times_an_entry_has_no_dates(self) -> None:
        assert (agenda().created, agenda().updated) == (None, None)
