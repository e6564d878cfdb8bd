from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import msgspec
import pytest

from bot.clock import french_date
from bot.compliance import register
from bot.compliance.answers import SKIPPED, UNKNOWN, Answer, to_whom
from bot.compliance.conditions import holds
from bot.compliance.dpia.screening import EntryScreening
from bot.compliance.lines import RegisterLine
from bot.compliance.measures import Decision
from bot.compliance.register import FIELD_LABELS, FieldDecision, RegisterField
from bot.documents import register_pdf, wording
from bot.knowledge import Knowledge, load
from bot.knowledge.model import Question
from bot.records import PracticeFile
from tests.documents.conftest import ENTRY, NOW, MakeFile
from tests.documents.opened import Opened, squashed

ANSWERS = {
    "profil.nom": Answer.given("Dr Camille Durand"),
    "profil.coordonnees": Answer.given("12 rue des Lilas, 69003 Lyon, cabinet@durand.example"),
    "profil.dpo": Answer.given(False),
    "agenda.prestataire": Answer.given("Agendix"),
    "agenda.motif": Answer.given(True),
    "agenda.hors_ue": UNKNOWN,
}
DECISIONS = {
    "mesure-1": Decision("planned", date(2026, 12, 1)),
    "mesure-2": Decision("planned", date(2026, 11, 3)),
    "mesure-3": Decision("done"),
    "mesure-4": Decision("not_applicable", reason="Le logiciel a été remplacé."),
}
FIELDS = {
    ("agenda", "media"): FieldDecision("changed", "Agenda papier\nCahier de l'accueil"),
    ("agenda", "data_subjects"): FieldDecision("confirmed", "Patients"),
}
HOSTILE = '#panic("x") *gras* _italique_ @nulle-part $x$ `code` // fin \\ [crochet] <etiquette> "cité" {nom}'


SHARED = "Mesures de sécurité de tout le cabinet"


PHASES = squashed("Données En usage courant Archivage intermédiaire À partir de Ensuite Statut")


class Printed(Opened):
    """A register's PDF, and what can be read in it."""

    def __init__(self, file: PracticeFile, now: datetime = NOW) -> None:
        # A table that runs on to another page repeats its header there.
        super().__init__(register_pdf(file, now), repeated=PHASES)


@pytest.fixture
def full(make_file: MakeFile) -> PracticeFile:
    return make_file(ANSWERS, DECISIONS, FIELDS)


def statement(line: RegisterLine, phased: bool = False) -> str:
    """How a line reads: its text, as many references as it has sources, its details and its status."""
    count = len(set(line.sources))
    said = re.escape(squashed(line.text)) + (rf"\[\d+(,\d+){{{count - 1}}}\]" if count else "")
    said += squashed("donnée sensible") if line.sensitive else ""
    status = squashed(wording.STATUSES[line.status])
    if phased:
        return said + "".join(re.escape(squashed(text)) for _, text in line.details) + status
    return said + status + "".join(re.escape(squashed(label + text)) for label, text in line.details)


def field_parts(field: RegisterField) -> Iterator[str]:
    """What a field of a sheet holds, in its order, as patterns."""
    yield re.escape(squashed(field.label))
    own = [line for line in field.lines if not line.shared]
    phased = [line for line in own if field.name == "retention" and line.details]
    if phased:
        yield PHASES
    yield from (statement(line, phased=True) for line in phased)
    yield from (statement(line) for line in own if line not in phased)
    if field.outdated:
        yield squashed(wording.OUTDATED)
    if len(own) < len(field.lines):
        yield squashed(f"{'Et les' if own else 'Les'} {SHARED.replace('M', 'm', 1)}, page ") + r"\d+\."


def head_parts(file: PracticeFile) -> Iterator[str]:
    """What the first page of the register holds before its list of sheets."""
    yield squashed("Le cabinet et ses traitements")
    for field in register.head(file.knowledge, file.answers):
        yield from field_parts(field)
    yield squashed("Liste des traitements")


def shared_parts(file: PracticeFile) -> Iterator[str]:
    """The security measures of the whole practice, each said once."""
    yield squashed(f"{SHARED} Elles valent pour tous les traitements de ce registre.")
    lines = [line for entry in file.register for line in entry.field("security").lines if line.shared]
    yield from (statement(line) for line in dict.fromkeys(lines))
    yield squashed("Fiches de registre")


def screened_sources(found: EntryScreening) -> tuple[str, ...]:
    """The sources of a verdict on an impact assessment."""
    return *found.sources, *(source for ground in found.grounds for source in ground.sources)


def sheet_parts(file: PracticeFile) -> Iterator[str]:
    """Every sheet, from the first to the plan of action."""
    yield squashed("Fiches de registre")
    for number, entry in enumerate(file.register, start=1):
        theme = file.knowledge.activity(entry.theme).title
        assert entry.created and entry.updated
        made, updated = french_date(entry.created), french_date(entry.updated)
        yield re.escape(squashed(f"{number}. {entry.title} Thème : {theme}"))
        yield squashed(f"· Fiche créée le {made}, mise à jour le {updated}")
        for field in entry.fields:
            yield from field_parts(field)
        found = file.screening.of(entry.id)
        yield re.escape(squashed("Analyse d'impact (AIPD)"))
        yield statement(RegisterLine(found.title, "proposed", found.sources))
        for ground in found.grounds:
            # What is left to know is told as any other gap.
            yield statement(
                RegisterLine(ground.text, "unknown" if ground.doubt else "proposed", ground.sources)
            )
    yield squashed("Plan d'action")


def is_own_gap(line: RegisterLine) -> bool:
    return line.status == "unknown" and not line.shared


def shown(file: PracticeFile) -> list[str]:
    """Every text of the file, besides its sheets, that its PDF must hold."""
    texts: list[str] = []
    cited = set(file.knowledge.register.sources)
    for entry in file.register:
        cited.update(screened_sources(file.screening.of(entry.id)))
        for field in entry.fields:
            for line in field.lines:
                cited.update(line.sources)
    for item in file.measures:
        texts += [item.measure.title, *item.reasons, *item.measure.steps]
        cited.update(item.measure.sources)
    for task in file.tasks:
        whom = f"· À demander {to_whom(task.ask_whom)}" if task.ask_whom else ""
        skipped = "· Question passée" if task.state == "skipped" else ""
        texts += [task.question.ask, f"Thème : {task.activity.title} {whom} {skipped}"]
        cited.update(task.question.sources)
    for entry in file.register:
        own = [field.label for field in entry.unknown if any(map(is_own_gap, field.lines))]
        texts += [f"{entry.title} : {', '.join(own)}"] if own else []
        if any(line.shared and line.status == "unknown" for line in entry.field("security").lines):
            texts.append(f"Tout le cabinet : {FIELD_LABELS['security']}")
    for source_id in cited:
        source = file.knowledge.sources[source_id]
        texts.append(
            f"{source.title} {file.knowledge.grades[source.grade]}, "
            f"vérifié le {french_date(source.checked)} {source.url} {source.note}"
        )
    return texts


def assert_whole(printed: Printed, file: PracticeFile) -> None:
    """Nothing that the file holds is missing from its PDF."""
    for parts in (head_parts(file), shared_parts(file), sheet_parts(file)):
        assert printed.first_missing(parts) is None
    assert printed.missing(*shown(file)) == []


def test_it_holds_all_that_the_file_holds(full: PracticeFile) -> None:
    printed = Printed(full)
    assert_whole(printed, full)
    assert printed.missing(*FIELD_LABELS.values()) == []
    assert "Source jamais citée" not in printed


def test_each_line_bears_its_status(full: PracticeFile) -> None:
    printed = Printed(full)
    assert (
        printed.missing(
            "Agenda papier [1] modifié",
            "Cahier de l'accueil [1] modifié",
            "Patients [1] confirmé",
            "Nom et téléphone [1] proposé",
            "Motif de la venue [1] donnée sensible confirmé",
            "(à demander au service client) [1] à préciser",
            "Garantie du prestataire à relever [1] à préciser",
        )
        == []
    )


def test_details_follow_their_line(full: PracticeFile) -> None:
    assert (
        Printed(full).missing(
            "Base légale Intérêt légitime (RGPD, art. 6(1)(f))",
            "Données sensibles Soins (RGPD, art. 9(2)(h))",
            "Données En usage courant Archivage intermédiaire À partir de Ensuite Statut",
            "Rendez-vous passés [1] Le temps utile aux soins Sans objet Date du rendez-vous",
        )
        == []
    )


def test_what_protects_the_whole_practice_is_said_once(full: PracticeFile) -> None:
    printed = Printed(full)
    assert printed.text.count(squashed("Motif réservé")) == 1
    assert squashed("Motif réservé") in squashed(printed.pages[1])
    assert f"{SHARED} Elles valent pour tous les traitements de ce registre. Motif réservé [2]" in printed
    assert "Rappels sans motif [1] proposé Et les mesures de sécurité de tout le cabinet, page 2." in printed


def test_without_a_measure_of_the_whole_practice_no_sheet_points_to_one(make_file: MakeFile) -> None:
    printed = Printed(make_file({**ANSWERS, "agenda.motif": Answer.given(False)}))
    assert "Mesures de sécurité en place Rappels sans motif [1] proposé Analyse d'impact" in printed
    assert SHARED not in printed


def test_the_cover_sums_up(full: PracticeFile) -> None:
    cover = squashed(Printed(full).pages[0])
    for text in (
        "Registre des activités de traitement et plan d'action",
        "Dr Camille Durand",
        "État au 24 novembre 2026",
        "Registre 1 fiche",
        "Mesures urgentes 2 à prendre",
        "Mesures importantes 0 à prendre",
        "Mesures utiles 1 à prendre",
        "À vérifier 1 question",
        "2 thèmes sur 2 terminés",
        *wording.STATUSES.values(),
        *wording.STATUS_MEANINGS.values(),
    ):
        assert squashed(text) in cover


def test_the_first_page_names_the_controller_and_lists_the_activities(full: PracticeFile) -> None:
    page = squashed(Printed(full).pages[1])
    for text in ("Dr Camille Durand", "12 rue des Lilas", "Aucun délégué", "1 Gestion des rendez-vous"):
        assert squashed(text) in page


def test_a_sheet_tells_when_it_was_made(full: PracticeFile) -> None:
    assert "Fiche créée le 23 novembre 2026, mise à jour le 23 novembre 2026" in Printed(full)


def test_measures_are_told_with_their_state_by_priority(full: PracticeFile) -> None:
    printed = Printed(full)
    assert (
        printed.missing(
            "prévu le 1er décembre 2026 effort : moins d'une heure",
            "prévu le 3 novembre 2026, date passée effort : une journée ou un achat",
            "fait effort : un projet",
            "sans objet effort : moins d'une heure",
            "Motif : Le logiciel a été remplacé.",
            "à faire effort : une journée ou un achat",
        )
        == []
    )
    titles = [f"Mesure numéro {number}" for number in range(1, 6)]
    places = [printed.text.index(squashed(title)) for title in titles]
    assert places == sorted(places)
    assert "Mesure numéro 6" not in printed


def test_what_is_unknown_is_a_task_with_someone_to_ask(full: PracticeFile) -> None:
    printed = Printed(full)
    assert "Thème : Prise de rendez-vous · À demander au service client" in printed
    assert "Gestion des rendez-vous : Transferts hors de l'Union européenne" in printed


def test_what_was_skipped_is_a_task_marked_as_such(make_file: MakeFile) -> None:
    printed = Printed(make_file({**ANSWERS, "agenda.prestataire": SKIPPED}))
    assert "À vérifier 2 questions" in printed
    assert "Thème : Prise de rendez-vous · À demander à votre secrétariat · Question passée" in printed
    assert printed.text.count(squashed("Question passée")) == 1


def test_what_nobody_knows_of_the_whole_practice_is_said_once(make_file: MakeFile) -> None:
    printed = Printed(make_file({**ANSWERS, "agenda.motif": UNKNOWN}))
    assert f"{SHARED} Elles valent pour tous les traitements de ce registre. À préciser :" in printed
    assert f"Tout le cabinet : {FIELD_LABELS['security']}" in printed
    assert f"Gestion des rendez-vous : {FIELD_LABELS['data']}, {FIELD_LABELS['transfers']} Sources" in printed


def test_a_changed_field_older_than_its_answers_says_to_read_it_again(full: PracticeFile) -> None:
    fields = {
        key: replace(decision, decided_at=NOW - timedelta(days=9))
        for key, decision in full.field_decisions.items()
    }
    later = replace(full, field_decisions=fields)
    printed = Printed(later)
    assert f"Cahier de l'accueil [1] modifié {wording.OUTDATED} Données traitées" in printed
    assert wording.OUTDATED not in Printed(full)
    assert_whole(printed, later)


def test_a_retention_that_is_not_known_asks_in_its_place(make_file: MakeFile, knowledge: Knowledge) -> None:
    retention = msgspec.structs.replace(ENTRY.retention[0], active="Chez {agenda.prestataire}")
    theme = msgspec.structs.replace(
        knowledge.activity("agenda"), register=(msgspec.structs.replace(ENTRY, retention=(retention,)),)
    )
    asking = msgspec.structs.replace(knowledge, activities=(knowledge.activities[0], theme))
    for answer, told in ((Answer.given("Agendix"), "Chez Agendix"), (UNKNOWN, "À préciser : Quel service")):
        file = make_file({**ANSWERS, "agenda.prestataire": answer}, knowledge=asking)
        printed = Printed(file)
        assert f"Rendez-vous passés [1] {told}" in printed
        assert_whole(printed, file)


def test_themes_that_are_not_finished_are_named(make_file: MakeFile) -> None:
    printed = Printed(make_file({"agenda.motif": Answer.given(True)}))
    assert printed.missing("Votre exercice : pas encore abordé", "Prise de rendez-vous : 1 sur 3") == []
    assert "0 thème sur 2 terminé" in printed


def test_sources_are_numbered_and_linked(full: PracticeFile) -> None:
    printed = Printed(full)
    assert printed.missing("Agendix [3] confirmé", "Motif réservé [2] confirmé") == []
    assert (
        printed.missing(
            "1. RGPD, article 30 texte officiel relu, vérifié le 1er novembre 2026",
            "2. RGPD, article 32 texte stable, vérifié le 2 octobre 2026",
            "3. CNIL, guide du sous-traitant guide professionnel, vérifié le 1er novembre 2026 Lu en ligne.",
        )
        == []
    )
    links = [
        annotation.get_object() for page in printed.reader.pages for annotation in page.get("/Annots", [])
    ]
    addresses = {link["/A"].get("/URI") for link in links if "/A" in link}
    assert "https://eur-lex.europa.eu/eli/reg/2016/679/oj" in addresses
    assert any("/Dest" in link or "/D" in link.get("/A", {}) for link in links)


def test_every_page_bears_its_number_and_all_but_the_cover_the_name(full: PracticeFile) -> None:
    pages = Printed(full).pages
    for number, text in enumerate(pages, start=1):
        assert squashed(f"Page {number} / {len(pages)}") in squashed(text)
        assert "24 novembre 2026" in text
        assert "Dr Camille Durand" in text


def test_it_is_a4_tagged_french_and_bears_its_metadata(full: PracticeFile) -> None:
    reader = Printed(full).reader
    assert reader.metadata is not None
    assert reader.metadata.author == "Dr Camille Durand"
    assert "Registre des activités de traitement" in (reader.metadata.title or "")
    assert reader.metadata.creation_date == datetime(2026, 11, 24, 9, 30, tzinfo=timezone.utc)
    root = reader.root_object
    assert root["/Lang"].lower().startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_only_fonts_of_typst_are_used(full: PracticeFile) -> None:
    names = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in Printed(full).reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all(re.match("LibertinusSerif|DejaVuSansMono", name) for name in names)


def test_the_same_file_at_the_same_time_is_the_same_pdf(full: PracticeFile, make_file: MakeFile) -> None:
    again = make_file(ANSWERS, DECISIONS, FIELDS)
    assert register_pdf(full, NOW) == register_pdf(again, NOW)
    assert register_pdf(full, NOW) == register_pdf(full, NOW.astimezone(timezone.utc))
    assert register_pdf(full, NOW) != register_pdf(full, NOW.replace(day=25))


@pytest.mark.parametrize("question_id", ["profil.nom", "profil.coordonnees", "agenda.prestataire"])
def test_an_answer_is_never_read_as_typst(make_file: MakeFile, question_id: str) -> None:
    assert HOSTILE in Printed(make_file({**ANSWERS, question_id: Answer.given(HOSTILE)}))


def test_a_reason_and_a_changed_field_are_never_read_as_typst(make_file: MakeFile) -> None:
    printed = Printed(
        make_file(
            ANSWERS,
            {"mesure-1": Decision("not_applicable", reason=f"motif {HOSTILE}")},
            {("agenda", "media"): FieldDecision("changed", f"champ {HOSTILE}")},
        )
    )
    assert printed.missing(f"motif {HOSTILE}", f"champ {HOSTILE}") == []


@pytest.mark.parametrize("question_id", ["profil.nom", "profil.coordonnees", "agenda.prestataire"])
def test_a_very_long_word_stays_on_the_page(make_file: MakeFile, question_id: str) -> None:
    word = "W" * 150
    printed = Printed(make_file({**ANSWERS, question_id: Answer.given(word)}))
    assert word in printed
    for page in printed.reader.pages:
        assert not re.search("W{60}", page.extract_text().replace("\u200b", ""))


def test_what_no_font_can_draw_is_marked_and_explained(make_file: MakeFile) -> None:
    explained = "Le signe □ remplace un caractère que ce document ne sait pas écrire."
    printed = Printed(make_file({**ANSWERS, "agenda.prestataire": Answer.given("Agendix 😀 中文")}))
    assert printed.missing("Service en ligne : Agendix □ □", explained) == []
    assert explained not in Printed(make_file(ANSWERS))


def test_a_name_that_cannot_be_printed_at_all_is_left_to_be_given(make_file: MakeFile) -> None:
    assert "Cabinet à nommer" in Printed(make_file({**ANSWERS, "profil.nom": Answer.given("\x07 \x00")}))


def test_a_field_that_was_emptied_is_the_proposal_again(make_file: MakeFile) -> None:
    file = make_file(ANSWERS, {}, {("agenda", "media"): FieldDecision("changed", " ")})
    assert "Supports, papier compris Agenda numérique [1] proposé Données traitées" in Printed(file)


def test_an_empty_file_says_so(make_file: MakeFile) -> None:
    printed = Printed(make_file({}))
    assert (
        printed.missing(
            "Le registre est encore vide.",
            "Cabinet à nommer",
            "0 fiche",
            "Aucune fiche pour l'instant",
            "Aucune mesure pour l'instant",
            "Responsable de traitement À préciser : Sous quel nom exercez-vous ? [1] à préciser",
            "À préciser : Quelles sont vos coordonnées ? [1] à préciser",
            "Responsables conjoints Aucun responsable conjoint [1] proposé",
            "À préciser : Avez-vous un délégué ? (à demander au gérant de la structure) [1] à préciser",
        )
        == []
    )


def test_a_practice_without_a_sheet_yet_has_its_first_page(make_file: MakeFile) -> None:
    printed = Printed(make_file({"profil.nom": Answer.given("Dr Camille Durand"), "profil.dpo": UNKNOWN}))
    assert printed.missing("Dr Camille Durand [1] confirmé", "Aucune fiche pour l'instant") == []
    assert "Le registre est encore vide." not in printed


def test_sixty_long_answers_are_all_there(make_file: MakeFile) -> None:
    lines = [
        f"Réponse {number} : " + " ".join(f"mot{number}x{place}" for place in range(80))
        for number in range(60)
    ]
    file = make_file(
        ANSWERS,
        {"mesure-1": Decision("not_applicable", reason=" ".join(lines))},
        {("agenda", "media"): FieldDecision("changed", "\n".join(lines))},
    )
    printed = Printed(file)
    assert len(printed.pages) > 10
    assert printed.missing(*lines) == []


def some_answer(question: Question, number: int) -> Answer:
    """An answer of the right kind; one in five is « je ne sais pas »."""
    if number % 5 == 4:
        return UNKNOWN
    options = [option for option in question.options if option != question.none]
    values = {
        "bool": number % 2 == 0,
        "one": (options or [""])[-1],
        "many": tuple(options),
        "number": 3,
        "duration": 6,
        "date": "2026-01-01",
    }
    return Answer.given(values.get(question.kind, f"Réponse libre {number}"))


@pytest.mark.slow
@pytest.mark.parametrize("shift", range(3))
def test_the_real_knowledge_is_printed_whole(make_file: MakeFile, shift: int) -> None:
    knowledge: Knowledge = load()
    answers: dict[str, Answer] = {}
    for activity in knowledge.activities:
        if holds(activity.asks_when, answers):
            for number, question in enumerate(activity.questions, start=shift):
                if holds(question.when, answers):
                    answers[f"{activity.id}.{question.id}"] = some_answer(question, number)
    file = make_file(answers, knowledge=knowledge)
    assert any(line.shared for entry in file.register for line in entry.field("security").lines)
    assert_whole(Printed(file), file)
