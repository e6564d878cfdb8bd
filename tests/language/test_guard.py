"""Patients' data is stopped; everything else that a practice writes passes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.guard import Masked, mask

NBSP, THIN = "\u00a0", "\u202f"
NIR_NAMED, EMAIL_NAMED = "un numéro de sécurité sociale", "une adresse électronique"
PHONE_NAMED, NAME_NAMED = "un numéro de téléphone", "le nom d'une personne"


@pytest.mark.parametrize(
    "nir",
    [
        pytest.param("185057800608436", id="with its key"),
        pytest.param("1850578006084", id="without its key"),
        pytest.param("1 85 05 78 006 084 36", id="spaces"),
        pytest.param("1 85 05 78 006 084", id="spaces, without key"),
        pytest.param("1 85 05 78 006 084 | 36".replace(" |", ""), id="card layout"),
        pytest.param("1.85.05.78.006.084.36", id="dots"),
        pytest.param("1-85-05-78-006-084-36", id="dashes"),
        pytest.param(NBSP.join(["1", "85", "05", "78", "006", "084", "36"]), id="non-breaking spaces"),
        pytest.param(THIN.join(["1", "85", "05", "78", "006", "084", "36"]), id="thin spaces"),
        pytest.param("2 69 05 2A 588 157 80", id="South Corsica"),
        pytest.param("269052B58815780", id="North Corsica"),
        pytest.param("2 69 05 2b 588 157 80", id="Corsica in lower case"),
        pytest.param("1 85 05 97 411 084 36", id="overseas"),
        pytest.param("2 85 05 99 341 084 36", id="born abroad"),
        pytest.param("1 85 20 78 006 084 36", id="month not known"),
        pytest.param("7 85 05 78 006 084 36", id="waiting number"),
        pytest.param("1/85/05/78/006/084/36", id="slashes"),
        pytest.param("1 85 05.78-006/084 36", id="mixed separators"),
        pytest.param("1 - 85 - 05 - 78 - 006 - 084 / 36", id="separators with spaces"),
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "NIR : {}.", "Son numéro est le {}, je crois.", "n°{}", "({})"])
@pytest.mark.parametrize("contact", [False, True], ids=["everywhere", "contact details"])
def test_a_social_security_number_is_masked_always(nir: str, sentence: str, contact: bool) -> None:
    masked = mask(sentence.format(nir), contact)
    assert masked.text == sentence.format("[numéro masqué]")
    assert masked.found == (NIR_NAMED,)


@pytest.mark.parametrize(
    "phone",
    [
        "0612345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06-12-34-56-78",
        NBSP.join(["06", "12", "34", "56", "78"]),
        "04 78 00 00 00",
        "+33612345678",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "0033 6 12 34 56 78",
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "tél. {}, le soir", "Appelez le {}.", "tel:{}"])
def test_a_phone_number_is_masked_except_in_contact_details(phone: str, sentence: str) -> None:
    text = sentence.format(phone)
    assert mask(text).text == sentence.format("[téléphone masqué]")
    assert mask(text).found == (PHONE_NAMED,)
    assert mask(text, contact=True).text == text


@pytest.mark.parametrize(
    "address",
    [
        "j.martin@orange.fr",
        "jeanne+rdv@mail.exemple.co.uk",
        "J_Martin-2@sous-domaine.fr",
        "éloïse@laposte.net",
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "Écrivez à {}.", "<{}>", "mail:{} ou téléphone"])
def test_an_email_address_is_masked_except_in_contact_details(address: str, sentence: str) -> None:
    text = sentence.format(address)
    assert mask(text).text == sentence.format("[adresse masquée]")
    assert mask(text).found == (EMAIL_NAMED,)
    assert mask(text, contact=True).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mme Martin", "Mme [nom masqué]"),
        ("Mme. Martin", "Mme. [nom masqué]"),
        ("M. Dupont", "M. [nom masqué]"),
        ("M Dupont", "M [nom masqué]"),
        ("mr Dupont", "mr [nom masqué]"),
        ("Mlle Durand est venue", "Mlle [nom masqué] est venue"),
        ("Madame Jeanne Martin", "Madame [nom masqué]"),
        ("Monsieur Jean-Pierre Le Goff a appelé", "Monsieur [nom masqué] a appelé"),
        ("Madame Zoé Éluard", "Madame [nom masqué]"),
        ("M. O'Neil", "M. [nom masqué]"),
        ("Mme MARTIN", "Mme [nom masqué]"),
        ("MME MARTIN", "MME [nom masqué]"),
        ("MADAME MARTIN", "MADAME [nom masqué]"),
        ("Mme\u00a0Martin", "Mme [nom masqué]"),
        ("Mme de Beauvoir", "Mme [nom masqué]"),
        ("M. d'Ormesson est venu", "M. [nom masqué] est venu"),
        ("M. Charles de La Tour", "M. [nom masqué]"),
        ("Mme Ben Salah et M. Dupont", "Mme [nom masqué] et M. [nom masqué]"),
        ("la patiente Jeanne Martin tousse", "la patiente [nom masqué] tousse"),
        ("le patient Dupont", "le patient [nom masqué]"),
        ("le patient M. Dupont", "le patient M. [nom masqué]"),
        ("mme martin", "mme [nom masqué]"),
        ("mme jeanne martin", "mme [nom masqué]"),
        ("mme martin vient demain", "mme [nom masqué] vient demain"),
        ("monsieur dupont", "monsieur [nom masqué]"),
        ("j ai vu monsieur dupont hier", "j ai vu monsieur [nom masqué] hier"),
        ("Mme martin", "Mme [nom masqué]"),
        ("mme\u202fmartin", "mme\u202f[nom masqué]"),
        ("mr et mme martin", "mr et mme [nom masqué]"),
        ("mr-dupont", "mr-[nom masqué]"),
        ("m. dupont", "m. [nom masqué]"),
        ("M.Dupont", "M.[nom masqué]"),
        ("mme ben salah", "mme [nom masqué]"),
        ("mme martin, ma secrétaire", "mme [nom masqué], ma secrétaire"),
        ("mlle élodie", "mlle [nom masqué]"),
        ("patient : Dupont", "patient : [nom masqué]"),
        ("patient Julie Martin", "patient [nom masqué]"),
        ("le dossier patient Julie", "le dossier patient [nom masqué]"),
        ("la patiente Alma Weda", "la patiente [nom masqué]"),
    ],
)
def test_the_name_after_a_courtesy_title_or_patient_is_masked(text: str, masked: str) -> None:
    assert mask(text).text.replace(NBSP, " ") == masked
    assert mask(text).found == (NAME_NAMED,)


@pytest.mark.parametrize(
    "text",
    [
        "Dr Camille Durand",
        "Docteur Durand",
        "Pr Curie",
        "Madame, Monsieur,",
        "Monsieur le Président",
        "Mme la directrice",
        "mes patients Doctolib ne connaît pas",
        "le patient vient le lundi",
        "La patiente ? Je ne sais pas.",
        "les dames de l'accueil",
        "MSSanté",
        "SELARL du Parc",
        "Mon espace santé",
        "madame la directrice",
        "mme qui vient le soir",
        "oui madame",
        "madame s'est trompée",
        "monsieur l'informaticien",
        "bonjour madame monsieur",
        "c'est la mme chose",
        "on a tous le mme code",
        "il m'a dit 12 m de long",
        "mme secrétaire",
        "le dossier patient Weda",
        "le portail patient Maiia",
        "notre logiciel patient Éo Médecin",
        "l'espace patient Mon espace santé",
        "le patient Doctolib",
        "l'identité patient INS",
        "un patient COVID",
    ],
)
def test_practitioners_and_ordinary_words_are_left(text: str) -> None:
    assert mask(text) == mask(text, contact=True)
    assert mask(text).text == text and mask(text).found == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("le 24/11/2026 à 10h30", id="date"),
        pytest.param("2026-11-24", id="ISO date"),
        pytest.param("1 250,00 € par an", id="price"),
        pytest.param("12 rue des Lilas, 69003 Lyon", id="zip code"),
        pytest.param("SIRET 123 456 789 00012", id="SIRET"),
        pytest.param("SIRET 12345678900012", id="SIRET in one go"),
        pytest.param("SIREN 123 456 789", id="SIREN"),
        pytest.param("RPPS 10101234567", id="RPPS"),
        pytest.param("10 000 patients, 20 ans, 90 jours", id="numbers"),
        pytest.param("article 9(2)(h), L1111-8, R161-47", id="articles"),
        pytest.param("version 4.12.0.1", id="version"),
        pytest.param("192.168.1.10", id="IP address"),
        pytest.param("2 à 3 fois, 5 + 15 ans", id="durations"),
        pytest.param("@doctolib", id="handle"),
    ],
)
def test_numbers_of_a_practice_are_left(text: str) -> None:
    assert mask(text).text == text


def test_each_kind_is_named_once_however_often_it_was_found() -> None:
    masked = mask("Mme Martin et M. Dupont, 0612345678 et 0712345678, a@b.fr, 1850578006084")
    assert masked.found == (NIR_NAMED, EMAIL_NAMED, PHONE_NAMED, NAME_NAMED)
    assert not re.search(r"Martin|Dupont|\d|@", masked.text)


WORDS = st.sampled_from(
    [
        "je", "tu", "nous", "patient", "patiente", "dossier", "médecin", "secrétaire", "agenda", "papier", "oui",
        "non", "pas", "encore", "Dr", "Doctolib", "Weda", "l'ordinateur", "c'est", "rendez-vous", "œuvre", "été",
        "à", "où", ";", "!", "?", "«", "»", ",", ".", "…", "sauvegarde", "chiffré",
    ]
)  # fmt: skip
SENTENCES = (
    st.lists(WORDS, max_size=12).map(" ".join).filter(lambda text: not re.search("atiente? [DW]", text))
)
MESSY = st.lists(
    st.one_of(
        WORDS,
        st.sampled_from(
            [
                "Mme", "mme", "M.", "m.", "madame", "patient", "Martin", "martin", "Weda", "le", "de", "06", "12", "3",
                "0612345678", "a@b.fr", "+33", "1850578006084", ".", "-", "/", ":", NBSP,
            ]
        ),
    ),
    max_size=15,
)  # fmt: skip


@given(SENTENCES, st.booleans())
def test_ordinary_sentences_without_numbers_are_left(text: str, contact: bool) -> None:
    assert mask(text, contact).text == text


@given(
    st.tuples(MESSY, st.sampled_from(["", " ", "-"])).map(lambda said: said[1].join(said[0])), st.booleans()
)
def test_masking_twice_is_masking_once(text: str, contact: bool) -> None:
    once = mask(text, contact)
    assert mask(once.text, contact) == Masked(once.text, ())


@given(
    st.sampled_from("12378"), st.integers(0, 99), st.integers(1, 12), st.integers(1, 95),
    st.integers(1, 990), st.integers(1, 999), st.integers(1, 97), st.sampled_from(["", " ", ".", "-", NBSP]),
    st.booleans(), st.sampled_from(["", "né en ", "NIR ", "("]), st.sampled_from(["", " ans", ".", ")"]),
)  # fmt: skip
def test_no_social_security_number_gets_through(
    sex: str, year: int, month: int, department: int, town: int, order: int, key: int,
    separator: str, with_key: bool, before: str, after: str,
) -> None:  # fmt: skip
    parts = [sex, f"{year:02}", f"{month:02}", f"{department:02}", f"{town:03}", f"{order:03}"]
    nir = separator.join(parts + [f"{key:02}"] * with_key)
    assert mask(before + nir + after).text == f"{before}[numéro masqué]{after}"
