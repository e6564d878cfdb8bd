"""How answers fill the register: what is proposed, confirmed, changed, and what is still to be found out."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.clock import PARIS
from bot.compliance.interview import effective
from bot.compliance.register import FIELD_LABELS, FieldDecision, RegisterEntry, RegisterLine, build, head
from tests.compliance.small import KNOWLEDGE, complete, given


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

    def test_not_knowing_whether_it_is_in_place_is_not_having_it(self) -> None:
        assert ("Aucun rappel", "confirmed") not in told("security", agenda__rappels="?")


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


class TestDecisions:
    def test_confirming_a_field_confirms_what_was_proposed(self) -> None:
        decisions = {("agenda", "data"): FieldDecision("confirmed")}
        assert told("data", decisions) == [("Nom du patient", "confirmed"), ("Motif", "confirmed")]
        assert agenda(decisions).field("data").status == "confirmed"

    def test_confirming_a_field_does_not_make_known_what_is_not(self) -> None:
        decisions = {("agenda", "data"): FieldDecision("confirmed")}
        assert told("data", decisions, agenda__motif="?") == [
            ("Nom du patient", "confirmed"),
            (ASK("motif"), "unknown"),
        ]
        assert agenda(decisions, agenda__motif="?").field("data").status == "unknown"

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
        confirmed = {("agenda", "transfers"): FieldDecision("confirmed")}
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


class TestDates:
    MORNING = datetime(2026, 11, 24, 9, tzinfo=PARIS)
    NOON = datetime(2026, 11, 24, 12, tzinfo=PARIS)
    EVENING = datetime(2026, 11, 24, 20, tzinfo=PARIS)

    def test_an_entry_was_created_and_updated_with_the_answers_of_its_theme(self) -> None:
        times = {
            "profil.nom": self.MORNING.replace(hour=1),
            "agenda.motif": self.NOON,
            "agenda.en_ligne": self.MORNING,
            "agenda.rappels": self.EVENING,
            "agenda_bis.q": self.EVENING.replace(hour=23),
        }
        (entry,) = build(KNOWLEDGE, complete(), answered_at=times)
        assert (entry.created, entry.updated) == (self.MORNING, self.EVENING)

    def test_without_times_an_entry_has_no_dates(self) -> None:
        assert (agenda().created, agenda().updated) == (None, None)
