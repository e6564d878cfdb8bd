"""What practitioners type under a question is read as they mean it: spoken French, typos, no accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import knowledge
from bot.compliance.answers import Answer
from bot.knowledge.model import Question, Vendor
from bot.language.normal import normal
from bot.language.options import named
from bot.language.reading import Misunderstood, read
from bot.language.sayings import opens_correction, says, says_only, without_opening

KNOWLEDGE = knowledge.load()
QUESTIONS = {f"{theme.id}.{each.id}": each for theme in KNOWLEDGE.activities for each in theme.questions}
CHOICES = {key: question for key, question in QUESTIONS.items() if question.kind in ("one", "many")}
TODAY = date(2026, 3, 10)


def question(kind: str) -> Question:
    return Question(id="q", ask="?", label="", kind=kind, why="", sources=())  # type: ignore[arg-type]


def outcome(asked: Question, said: str) -> object:
    """The value that is read, « ? » for « je ne sais pas », and « !reason » for what was not understood."""
    try:
        answer = read(asked, said, KNOWLEDGE.vendors, TODAY)
    except Misunderstood as misunderstood:
        return f"!{misunderstood}"
    return answer.value if answer.known else "?"


# --- Yes and no -------------------------------------------------------------------------------------

YES = [
    "oui", "Oui.", "OUI", "oui!!!", "ouii", "ouiiii", "oiu", "ui", "oui oui", "ouais", "ouai", "ouaip", "ouep", "yes",
    "ok", "o", "bien sûr", "bien sur", "biensur", "tout à fait", "tt a fait", "toutafait", "exact", "exactement",
    "effectivement", "absolument", "evidemment", "évidemment oui", "affirmatif", "carrément", "toujours",
    "systématiquement", "si", "Si, depuis janvier", "si si", "mais si", "si bien sûr", "euh je crois bien",
    "je crois que oui", "je pense que oui", "je pense", "normalement oui", "en principe", "en principe oui",
    "oui mais pas pour tous", "oui, pas toujours", "oui sauf erreur", "oui aucun problème", "oui à vérifier",
    "oui depuis 2 ans", "oui enfin je crois", "oui mais je l'ai jamais lu", "oui c'est fait", "c'est fait", "c fait",
    "deja fait", "c'est le cas", "c'est bon", "c bon", "ah oui", "ah bah oui", "ben oui evidemment", "bah ouais",
    "oui oui c'est bon", "oui je n'utilise que ça", "oui, je ne sais plus depuis quand", "j'en ai un", "on en a une",
    "on le fait systématiquement", "je le fais", "mouais", "bof oui", "oui plus ou moins", "oui en partie",
    "oui ça dépend des jours", "Bonjour, oui", "oui merci", "yep", "ouais ouais tkt", "sans aucun doute",
    "oui bien sûr que non... enfin si", "pour moi oui", "oui je sais pas trop comment mais oui",
    "j'imagine que oui", "je suppose que oui", "bien entendu", "c'est ça", "d'accord", "vrai", "👍 oui",
    "oui on a ça depuis le début", "alors oui", "je crois oui", "il me semble que oui",
    "oui tout à fait, on utilise pas autre chose", "oui, sauf le mercredi", "c'est fait l'an dernier", "plutôt oui",
    "heu... oui", "oui et on n'a jamais eu de souci", "oui j'ai un dpo", "tjrs", "tjs", "ouiiii bien sûr",
    "oui jpense", "exactement ça", "c'est exact", "tout à fait exact", "évidemment !", "aucun problème oui",
    "bien sûr, c'est obligatoire", "oui en cours",
]  # fmt: skip
NO = [
    "non", "Non.", "NON", "nonn", "noooon", "nn", "nan", "non non", "nope", "no", "non pas du tout", "pas du tout",
    "pas encore", "non pas encore", "pas encore mais c'est prévu", "jamais", "jamais de la vie", "pas vraiment",
    "on n'en fait plus", "on en fait plus", "plus maintenant", "c'est prévu", "c'est en cours", "prévu", "bientôt",
    "je ne crois pas", "je crois pas", "je pense pas", "je pense que non", "je ne pense pas que ce soit fait",
    "pas que je sache", "pas à ma connaissance", "absolument pas", "certainement pas", "surement pas", "bof non",
    "bof pas vraiment", "euh non", "bah non", "ben non", "non mais c'est prévu", "non je n'utilise que ça", "aucun",
    "aucune", "rien", "rien du tout", "personne", "négatif", "non merci", "je n'en ai pas", "j'en ai pas", "y en a pas",
    "il n'y en a pas", "bien sûr que non", "ce n'est pas le cas", "c'est pas le cas", "c'est pas fait", "pas fait",
    "on le fait pas", "je ne le fais pas", "non, jamais eu de problème", "toujours pas", "malheureusement non",
    "hélas non", "à faire", "pas pour l'instant", "pas pour le moment", "pas trop", "je n'ai jamais vu ça",
    "non je ne sais pas ce que c'est", "aucun contrat", "on n'a rien signé", "pas l'habitude", "nan pas du tout",
    "non pas que je sache", "normalement non", "a priori non", "je ne crois pas que ce soit fait", "jamais fait ça",
    "jamais entendu parler", "plus du tout", "pas spécialement", "c'est non", "non pas tous les jours", "moi non",
    "non ça dépend des patients", "pas sur papier", "ça n'existe pas chez nous", "no merci", "non plus maintenant",
    "non mais je devrais", "on devrait mais non", "honnêtement non", "pas du tout, jamais", "ah ça non",
    "non non et non", "on a rien fait de ce genre", "je dirais que non", "plutot non", "on n'a pas encore eu le temps",
    "je n'ai pas de DPO", "on n'a pas de fax", "pas à ce jour", "pas que je me souvienne", "jms", "nooon",
    "nan c mort", "je ne l'ai pas vu", "jamais vu", "je ne pense pas non", "non car je suis seul", "c'est en projet",
    "en cours de mise en place",
]  # fmt: skip
UNSURE = [
    "je ne sais pas", "je sais pas", "Je sais pas trop", "jsp", "j'sais pas", "je sai pas", "ché pas", "chais pas",
    "chépa", "j'en sais rien", "sais pas", "aucune idée", "aucune idee désolé", "pas la moindre idée", "pas sûr",
    "pas sur", "je ne suis pas sûre", "je suis pas sûr du tout", "bonne question", "faut que je demande à ma secrétaire",
    "à vérifier", "a verifier", "je dois vérifier", "je vais regarder", "peut-être", "peut etre", "ptet", "non aucune idée",
    "non je sais pas", "euh... je ne sais pas trop", "je ne sais plus", "je sais plus", "je sais pas si c'est chiffré",
    "je ne sais pas si on l'a fait ou non", "il faut demander à l'informaticien", "c'est ma secrétaire qui sait",
    "j'ignore", "NSP", "j'ai oublié", "je ne m'en souviens plus", "je ne me souviens pas", "je ne connais pas",
    "je sais pas ce que c'est", "mystère", "à voir", "aucune certitude", "je nes ais pas", "je c pas", "je ne saurais dire",
    "oui ? je ne sais pas", "honnêtement je sais pas", "alors là aucune idée", "je ne sait pas", "nsp désolée",
    "franchement j'en sais rien", "je demande à ma secrétaire", "je n'en sais strictement rien",
]  # fmt: skip
NEITHER = [
    "ça dépend", "ca depend", "ca dépend des jours", "oui et non", "oui ou non", "ni oui ni non", "parfois", "des fois",
    "pas toujours", "pas tous", "pas tout le temps", "je n'utilise que ça", "en partie", "un peu", "bof", "presque",
    "plus ou moins", "pas forcément", "moitié moitié", "de temps en temps", "pourquoi pas", "certains", "rarement",
    "bonjour", "merci", "doctolib", "si le patient le demande", "si on me le demande", "selon les cas",
    "je ne comprends pas", "j'ai pas compris la question", "je comprends pas la question", "c'est-à-dire ?",
    "pas clair votre question", "comment ça", "la secrétaire", "42", "hum", "sauf le lundi", "c'est compliqué",
    "oui pour l'agenda, non pour les dossiers", "l'éditeur s'en occupe", "j'ai un DPO", "pas tt le tps", "bcp",
    "pas de souci", "on le fera", "pas mal",
]  # fmt: skip


@pytest.mark.parametrize("said", YES)
def test_a_yes_is_read(said: str) -> None:
    assert outcome(question("bool"), said) is True


@pytest.mark.parametrize("said", NO)
def test_a_no_is_read(said: str) -> None:
    assert outcome(question("bool"), said) is False


@pytest.mark.parametrize("kind", ["bool", "number", "duration", "date", "vendor", "text"])
@pytest.mark.parametrize(
    "said", ["je ne sais pas", "jsp", "aucune idée", "Je sais plus...", "pas sûr", "nsp"]
)
def test_not_knowing_is_an_answer_to_any_question(said: str, kind: str) -> None:
    assert outcome(question(kind), said) == "?"


@pytest.mark.parametrize("said", UNSURE)
def test_not_knowing_is_said_in_many_ways(said: str) -> None:
    assert outcome(question("bool"), said) == "?"


@pytest.mark.parametrize("said", NEITHER)
def test_what_is_neither_yes_nor_no_is_asked_again(said: str) -> None:
    assert outcome(question("bool"), said) == "!bool"


# --- Options ----------------------------------------------------------------------------------------

ONE = {
    "profil.profession": [
        ("généraliste", "medecin_generaliste"),
        ("medecin generaliste", "medecin_generaliste"),
        ("je suis médecin de famille", "medecin_generaliste"),
        ("MG", "medecin_generaliste"),
        ("mg", "medecin_generaliste"),
        ("médecin généraliste, pas spécialiste", "medecin_generaliste"),
        ("pas généraliste, cardiologue", "medecin_specialiste"),
        ("je suis cardio", "medecin_specialiste"),
        ("dermato", "medecin_specialiste"),
        ("gyneco", "medecin_specialiste"),
        ("psychiatre", "medecin_specialiste"),
        ("kiné", "kinesitherapeute"),
        ("masseur kine", "kinesitherapeute"),
        ("kinésithérapeuthe", "kinesitherapeute"),
        ("infirmiere liberale", "infirmier"),
        ("infirmer", "infirmier"),
        ("idel à Lyon", "infirmier"),
        ("chirurgien dentiste", "dentiste"),
        ("dentiste", "dentiste"),
        ("orthodontiste", "dentiste"),
        ("sagefemme", "sage_femme"),
        ("sage femme libérale", "sage_femme"),
        ("ortophoniste", "orthophoniste"),
        ("pédicure podologue", "podologue"),
        ("psychologue", "psychologue"),
        ("ostéo", "autre"),
        ("diététicienne", "autre"),
        ("psy", "psychologue"),
        ("ortho", "!choice"),
        ("médecin", "!choice"),
        ("chépa", "?"),
        ("je suis sage-femme", "sage_femme"),
        ("inf libérale", "infirmier"),
        ("médecin généraliste remplaçant", "medecin_generaliste"),
        ("ORL", "medecin_specialiste"),
        ("orthodontie", "dentiste"),
        ("pediatre", "medecin_specialiste"),
        ("ergothérapeute", "autre"),
        ("generalsite", "medecin_generaliste"),
        ("pharmacienne", "autre"),
        ("Dentiste !", "dentiste"),
        ("masseuse kiné", "kinesitherapeute"),
    ],
    "profil.mode_exercice": [
        ("seule", "seul"),
        ("je suis tout seul", "seul"),
        ("je suis seule au cabinet", "seul"),
        ("en MSP", "maison_de_sante"),
        ("maison de sante", "maison_de_sante"),
        ("on est 3 en SCM chacun ses dossiers", "locaux_partages"),
        ("avec une collègue mais chacune ses dossiers", "locaux_partages"),
        ("scm", "locaux_partages"),
        ("cabinet de groupe", "dossiers_partages"),
        ("à deux avec dossiers communs", "dossiers_partages"),
        ("je ne suis plus seul, on est en scm", "locaux_partages"),
        ("à plusieurs", "!choice"),
        ("pas seul", "!choice"),
        ("je travaille seule", "seul"),
        ("seul dans mon cabinet mais on partage les locaux", "locaux_partages"),
        ("centre de sante", "maison_de_sante"),
        ("on partage tout, les dossiers aussi", "dossiers_partages"),
        ("oui seul", "seul"),
    ],
    "dossiers_patients.support": [
        ("papier", "papier"),
        ("tout sur papier", "papier"),
        ("que du papier", "papier"),
        ("uniquement papier", "papier"),
        ("sur ordi", "informatique"),
        ("tout est sur l'ordinateur", "informatique"),
        ("informatisé depuis 2010", "informatique"),
        ("ordinateur, plus de papier", "informatique"),
        ("pas de papier, tout est sur ordi", "informatique"),
        ("les deux", "les_deux"),
        ("un peu des deux", "les_deux"),
        ("les 2", "les_deux"),
        ("papier et informatique", "les_deux"),
        ("papier + ordi", "les_deux"),
        ("ordinateur mais aussi du papier", "les_deux"),
        ("sur papyrus", "!choice"),
    ],
    "dossiers_patients.contrat": [
        ("oui", "oui"),
        ("ouais", "oui"),
        ("oui je l'ai lu", "oui"),
        ("non", "non"),
        ("nan", "non"),
        ("non jamais lu", "non"),
        ("je l'ai pas lu", "non"),
        ("aucun", "non"),
        ("pas encore", "non"),
        ("jsp", "?"),
        ("je ne sais pas si j'ai un contrat", "?"),
        ("l'éditeur n'a pas d'accès", "sans_acces"),
        ("oui signé", "oui"),
        ("oui mais je ne l'ai pas lu", "non"),
        ("je l'ai jamais lu", "non"),
        ("je crois que oui", "oui"),
    ],
    "dossiers_patients.comptes": [
        ("on a tous le même", "partage"),
        ("compte commun", "partage"),
        ("le même mot de passe", "partage"),
        ("chacun son code", "nominatif"),
        ("chacune le sien", "nominatif"),
        ("moi seule", "moi_seul"),
        ("juste moi", "moi_seul"),
        ("il n'y a que moi", "moi_seul"),
        ("je suis la seule", "moi_seul"),
        ("la secrétaire a un accès limité", "profils"),
    ],
    "dossiers_patients.ia": [
        ("non", "aucun"),
        ("non aucune", "aucun"),
        ("jamais", "aucun"),
        ("pas d'ia", "aucun"),
        ("chatgpt", "generaliste"),
        ("chatgtp", "generaliste"),
        ("j'utilise chat gpt parfois", "generaliste"),
        ("claude", "generaliste"),
        ("Nabla", "sante"),
        ("la dictée médicale", "sante"),
        ("oui", "!choice"),
        ("non pas du tout", "aucun"),
        ("pas encore", "aucun"),
        ("oui chatgpt", "generaliste"),
        ("gemini", "generaliste"),
        ("oui nabla", "sante"),
        ("je n'en utilise pas", "aucun"),
    ],
    "mobiles.proprietaire": [
        ("pro", "professionnel"),
        ("que pour le travail", "professionnel"),
        ("perso", "personnel"),
        ("pro et perso", "personnel"),
        ("les deux", "personnel"),
        ("oui", "personnel"),
        ("non", "professionnel"),
    ],
    "facturation.double": [
        ("90 jours", "efface_90"),
        ("3 mois", "efface_90"),
        ("quatre-vingt-dix jours", "efface_90"),
        ("jamais effacé", "garde_plus"),
        ("il n'est pas gardé", "pas_garde"),
        ("pas de double", "pas_garde"),
    ],
    "personnel.paie": [
        ("le comptable", "comptable"),
        ("mon expert comptable", "comptable"),
        ("tese", "tese"),
        ("moi meme", "moi"),
        ("c'est le cabinet comptable", "comptable"),
        ("urssaf", "tese"),
        ("je la fais moi-même", "moi"),
    ],
    "comptabilite.statut": [
        ("SELARL", "societe"),
        ("je suis en selarl", "societe"),
        ("en SEL", "societe"),
        ("sel", "societe"),
        ("bnc", "individuel"),
        ("en nom propre", "individuel"),
        ("auto entrepreneur", "individuel"),
        ("scm", "autre"),
        ("selarl", "societe"),
        ("entreprise individuelle", "individuel"),
    ],
    "comptabilite.duree": [
        ("10 ans", "dix"),
        ("dix ans", "dix"),
        ("6 ans", "six"),
        ("5 ans", "moins"),
        ("je garde tout", "jamais"),
        ("jamais", "jamais"),
        ("10ans", "dix"),
        ("plus de 10 ans", "dix"),
        ("jamais jeté", "jamais"),
        ("7 ans", "six"),
        ("au bout de 10 ans", "dix"),
    ],
    "videosurveillance.duree": [
        ("une semaine", "semaine"),
        ("7 jours", "semaine"),
        ("8 jours", "semaine"),
        ("48h", "semaine"),
        ("15 jours", "mois"),
        ("quinze jours", "mois"),
        ("1 mois", "mois"),
        ("un mois", "mois"),
        ("30 jours", "mois"),
        ("2 mois", "plus"),
        ("4 mois", "plus"),
        ("6 mois", "plus"),
        ("rien n'est enregistré", "direct"),
        ("3 jours", "semaine"),
        ("72h", "semaine"),
        ("un mois maximum", "mois"),
        ("3 semaines", "mois"),
    ],
    "videosurveillance.acces": [
        ("moi", "praticien"),
        ("que moi", "praticien"),
        ("moi et mon associé", "designes"),
        ("tout le monde", "large"),
    ],
    "site_internet.formulaire": [
        ("non", "aucun"),
        ("oui", "!choice"),
        ("oui avec un message", "libre"),
        ("juste les coordonnées", "simple"),
    ],
    "communication.cas": [
        ("non", "aucun"),
        ("oui mais anonymes", "anonymes"),
        ("floutés", "anonymes"),
        ("des photos avant après", "reconnaissables"),
        ("oui", "!choice"),
        ("jamais", "aucun"),
    ],
    "messagerie.boite": [
        ("gmail", "gratuite"),
        ("c'est gratuit", "gratuite"),
        ("gratuite je crois", "gratuite"),
        ("payante", "payante"),
        ("chez ovh", "payante"),
        ("pas gratuite, payante", "payante"),
    ],
    "rendez_vous.motif": [
        ("rien", "aucun"),
        ("on demande rien", "aucun"),
        ("liste déroulante", "liste"),
        ("champ libre", "libre"),
    ],
    "securite.sauvegardes": [
        ("tous les jours", "chaque_jour"),
        ("quotidienne", "chaque_jour"),
        ("tous les soirs", "chaque_jour"),
        ("chaque semaine", "chaque_semaine"),
        ("une fois par semaine", "chaque_semaine"),
        ("une fois par mois", "plus_rarement"),
        ("c'est l'éditeur qui le fait", "editeur"),
        ("aucune sauvegarde", "jamais"),
        ("jamais", "jamais"),
        ("pas de sauvegarde", "jamais"),
        ("faut demander à mon informaticien", "?"),
        ("toutes les nuits", "chaque_jour"),
        ("tous les vendredis", "chaque_semaine"),
        ("hebdo", "chaque_semaine"),
        ("1 fois par mois", "plus_rarement"),
    ],
    "securite.mots_de_passe": [
        ("post it", "partages"),
        ("keepass", "gestionnaire"),
        ("le meme partout", "repetes"),
        ("je les retiens de tête", "differents"),
    ],
    "securite.restauration": [
        ("non", "jamais"),
        ("jamais essayé", "jamais"),
        ("pas encore", "jamais"),
        ("oui il y a un an", "ancien"),
        ("oui récemment", "recent"),
        ("oui", "!choice"),
        ("oui une fois", "ancien"),
        ("jamais", "jamais"),
        ("non et je ne saurais pas faire", "jamais"),
    ],
    "securite.wifi": [
        ("oui", "commun"),
        ("oui le même", "commun"),
        ("non", "!choice"),
        ("non réseau séparé", "separe"),
        ("un réseau séparé", "separe"),
        ("wifi invité", "separe"),
        ("pas de wifi", "filaire"),
        ("c'est le même", "commun"),
        ("le meme wifi", "commun"),
        ("non il est réservé au cabinet", "sans_visiteurs"),
        ("j'ai pas de wifi", "filaire"),
        ("tout en câble", "filaire"),
    ],
    "relations.contrats": [
        ("oui tous", "tous"),
        ("oui", "tous"),
        ("non", "aucun"),
        ("certains", "certains"),
        ("pas tous", "certains"),
        ("en partie", "certains"),
    ],
    "facturation.hebergement": [
        ("sur mon ordi", "local"),
        ("cloud", "en_ligne"),
        ("à la main", "papier"),
    ],
    "relations.trace_demandes": [
        ("sur excel", "fichier"),
        ("dans le dossier du patient", "dossier"),
        ("nulle part", "nulle_part"),
        ("on ne les note pas", "nulle_part"),
    ],
    "recherches.cadre": [
        ("mr004", "mr"),
        ("MR 003", "mr"),
        ("la fac s'en charge", "promoteur"),
    ],
    "recherches.fichier": [
        ("anonymisé", "anonyme"),
    ],
}
MANY = {
    "profil.personnel": [
        ("ma secrétaire", ("secretaire",)),
        ("une secretaire et un rempla", ("secretaire", "remplacant")),
        ("plus de stagiaire mais une secrétaire", ("secretaire",)),
        ("une secretaire mais pas d'assistante", ("secretaire",)),
        ("secretaire, assistante, femme de ménage", ("secretaire", "assistant", "autre_salarie")),
        ("secrtaire", ("secretaire",)),
        ("2 secretaires", ("secretaire",)),
        ("3 remplaçants", ("remplacant",)),
        ("un interne de temps en temps", ("stagiaire",)),
        ("mon associé et deux secrétaires", ("secretaire", "collaborateur")),
        ("moi et ma secrétaire", ("secretaire",)),
        ("que ma secretaire", ("secretaire",)),
        ("une secretaire. plus de remplaçant depuis 2 ans", ("secretaire",)),
        ("secrétaire non, stagiaire oui", ("stagiaire",)),
        ("un stagiaire en ce moment, sinon personne", ("stagiaire",)),
        ("tout sauf stagi", "!choice"),
        ("nonnn", ("personne",)),
        ("tout sauf stagiaire", ("secretaire", "assistant", "remplacant", "collaborateur", "autre_salarie")),
        (
            "tous sauf les stagiaires et les remplaçants",
            ("secretaire", "assistant", "collaborateur", "autre_salarie"),
        ),
        ("personne", ("personne",)),
        ("personne d'autre que moi", ("personne",)),
        ("juste moi", ("personne",)),
        ("je suis seule", ("personne",)),
        ("non", ("personne",)),
        ("aucun", ("personne",)),
        ("pas de secrétaire", "!choice"),
        ("ni secrétaire ni assistant", "!choice"),
        ("on n'a plus de secrétaire", "!choice"),
        ("les deux", "!choice"),
        ("ma femme", "!choice"),
        ("oui", "!choice"),
        ("ça dépend", "!choice"),
        ("je sais pas trop", "?"),
        ("personne à part moi", ("personne",)),
        ("j'ai une secrétaire et 2 remplaçants réguliers", ("secretaire", "remplacant")),
        ("une assistante", ("assistant",)),
        ("pas de stagiaire, juste une secrétaire", ("secretaire",)),
        ("ma secrétaire Sylvie et mon associé Paul", ("secretaire", "collaborateur")),
        ("une femme de menage 2h par semaine", ("autre_salarie",)),
        ("deux collègues kinés", ("collaborateur",)),
        ("non personne", ("personne",)),
        ("je travaille seul, sans secrétaire", ("personne",)),
        ("une secretaire à mi-temps et parfois des internes", ("secretaire", "stagiaire")),
        ("aucune secrétaire", "!choice"),
        ("secretaire et assistant mais pas de rempla ni stagiaire", ("secretaire", "assistant")),
    ],
    "profil.locaux": [
        ("au cabinet", ("cabinet",)),
        ("cabinet et à domicile", ("cabinet", "domicile_patients")),
        ("chez moi", ("domicile_praticien",)),
        ("visites à domicile", ("domicile_patients",)),
        ("en ehpad et au cabinet", ("cabinet", "etablissement")),
        ("cabinet + ehpad", ("cabinet", "etablissement")),
        ("chez les patients surtout", ("domicile_patients",)),
        ("au cabinet, plus de visites à domicile", ("cabinet",)),
        ("pas chez moi, au cabinet", ("cabinet",)),
        ("à l'hopital le lundi et sinon au cabinet", ("cabinet", "etablissement")),
        ("dans mon cabinet et en visite", ("cabinet", "domicile_patients")),
        ("uniquement au cabinet", ("cabinet",)),
        ("domicile", "!choice"),
        ("les 4", ("cabinet", "domicile_praticien", "domicile_patients", "etablissement")),
    ],
    "profil.outils": [
        ("site internet et téléphone pro", ("mobiles", "site_internet")),
        ("smartphone, tablette", ("mobiles",)),
        ("téléconsult", ("teleconsultation",)),
        ("teleconsultaion", ("teleconsultation",)),
        ("visio et une page facebook", ("teleconsultation", "communication")),
        ("un site, pas de caméra", ("site_internet",)),
        ("pas de caméra mais un site web et un portable", ("mobiles", "site_internet")),
        ("site internet mais plus de téléconsultation", ("site_internet",)),
        ("tout sauf les caméras", ("mobiles", "teleconsultation", "recherche", "site_internet", "communication")),
        (
            "tout sauf la recherche et les caméras",
            ("mobiles", "teleconsultation", "site_internet", "communication"),
        ),
        (
            "tout",
            (
                "mobiles",
                "teleconsultation",
                "recherche",
                "site_internet",
                "video_surveillance",
                "communication",
            ),
        ),
        ("une thèse en cours", ("recherche",)),
        ("insta", ("communication",)),
        ("rien", ("aucun",)),
        ("non rien de tout ça", ("aucun",)),
        ("aucun", ("aucun",)),
        ("ni site ni caméra", "!choice"),
        ("oui", "!choice"),
        ("téléphone, site, et téléconsultations", ("mobiles", "teleconsultation", "site_internet")),
        ("non", ("aucun",)),
        ("juste un site internet", ("site_internet",)),
        ("portable pro et camera", ("mobiles", "video_surveillance")),
        ("un peu de téléconsultation", ("teleconsultation",)),
        ("j'ai une page facebook mais pas de site", ("communication",)),
        ("tous sauf recherche", ("mobiles", "teleconsultation", "site_internet", "video_surveillance", "communication")),
        ("tout ça", ("mobiles", "teleconsultation", "recherche", "site_internet", "video_surveillance", "communication")),
    ],
    "dossiers_patients.hebergement": [
        ("dans le cloud", ("en_ligne",)),
        ("sur mon pc", ("cabinet",)),
        ("un serveur au cabinet", ("cabinet",)),
        ("en local et dans le cloud", ("cabinet", "en_ligne")),
        ("tout est en ligne", ("en_ligne",)),
        ("les trois", ("cabinet", "en_ligne", "structure")),
        ("les deux", "!choice"),
        ("c'est l'informaticien qui sait", "?"),
    ],
    "dossiers_patients.anciens": [
        ("je garde tout", ("rien",)),
        ("rien", ("rien",)),
        ("à la cave", ("archives",)),
        ("dans des cartons au grenier", ("archives",)),
        ("archivés puis détruits", ("archives", "destruction")),
    ],
    "dossiers_patients.dmp": [
        ("non", ("rien",)),
        ("jamais", ("rien",)),
        ("pas de dmp", ("rien",)),
        ("ins", ("ins",)),
        ("je consulte le dmp et je vérifie l'ins", ("consultation", "ins")),
        ("oui", "!choice"),
        ("je verse les ordonnances, jamais de consultation", ("depot",)),
    ],
    "rendez_vous.canaux": [
        ("téléphone", ("telephone",)),
        ("telephone uniquement", ("telephone",)),
        ("doctolib et téléphone", ("telephone", "en_ligne")),
        ("doctolib mais pas par mail", ("en_ligne",)),
        ("doctolib uniquement, plus de téléphone", ("en_ligne",)),
        ("sur place et au telephone", ("telephone", "sur_place")),
        ("par internet ou ils appellent", ("telephone", "en_ligne")),
        ("secretariat telephonique", ("secretariat_externe",)),
        ("sms", ("courriel",)),
        ("tout", ("telephone", "sur_place", "secretariat_externe", "en_ligne", "courriel")),
        ("tout sauf les sms", ("telephone", "sur_place", "secretariat_externe", "en_ligne")),
        ("doctolibe", ("en_ligne",)),
        ("ni doctolib ni maiia, que le téléphone", ("telephone",)),
        ("tel et doctolib", ("telephone", "en_ligne")),
        ("surtout doctolib, un peu par téléphone", ("telephone", "en_ligne")),
        ("ils appellent le secrétariat téléphonique", ("telephone", "secretariat_externe")),
        ("pas de doctolib, tout par téléphone", ("telephone",)),
        ("maiia", ("en_ligne",)),
        ("par sms ou whatsapp", ("courriel",)),
    ],
    "messagerie.confreres": [
        ("mss", ("mssante",)),
        ("apicrypt et courrier", ("mssante", "courrier")),
        ("par courrier", ("courrier",)),
        ("par courriel", ("courriel",)),
        ("pas whatsapp, mssanté", ("mssante",)),
        ("mss mais plus de fax", ("mssante",)),
        ("mail et mss", ("mssante", "courriel")),
        ("watsapp", ("instantanee",)),
        ("par sms des fois", ("instantanee",)),
        ("jamais", ("aucun",)),
        ("on n'a plus de fax", "!choice"),
        ("mail orange", ("courriel",)),
        ("mssanté surtout, courrier sinon", ("mssante", "courrier")),
        ("plus jamais de fax, que mailiz", ("mssante",)),
        ("messagerie securisée", ("mssante",)),
        ("lettre et tel", ("courrier",)),
        ("apycrypt", ("mssante",)),
        ("un groupe whatsapp entre confrères", ("instantanee",)),
    ],
    "messagerie.patients": [
        ("sms et mail", ("courriel", "sms")),
        ("mon espace sante", ("espace_sante",)),
        ("rien", ("aucun",)),
        ("je téléphone", ("aucun",)),
    ],
    "mobiles.appareils": [
        ("mon iphone", ("telephone",)),
        ("telephone et ordi portable", ("telephone", "ordinateur")),
        ("une clé usb", ("cle",)),
        ("mon tel perso et un ipad", ("telephone", "tablette")),
        ("tout sauf clé usb", ("telephone", "tablette", "ordinateur")),
        ("les 4", ("telephone", "tablette", "ordinateur", "cle")),
    ],
    "facturation.paiements": [
        ("cb et chèque", ("carte", "especes_cheque")),
        ("espèces, chèque, cb", ("carte", "especes_cheque")),
        ("en liquide", ("especes_cheque",)),
        ("tiers payant", ("tiers",)),
        ("tout sauf virement", ("carte", "en_ligne", "especes_cheque", "tiers")),
        ("on ne prend plus les chèques, que la carte", ("carte",)),
        ("chèques et espèces, pas de cb", ("especes_cheque",)),
        ("cb", ("carte",)),
        ("carte, cheque, virement", ("carte", "virement", "especes_cheque")),
        ("tout", ("carte", "en_ligne", "virement", "especes_cheque", "tiers")),
    ],
    "securite.copies": [
        ("disque externe et cloud", ("debranchee", "grand_public")),
        ("sur le nas", ("branchee",)),
        ("clé usb chez moi", ("debranchee", "hors_cabinet")),
        ("icloud", ("grand_public",)),
        ("un disque dur externe que je débranche", ("debranchee",)),
        ("dans le cloud et sur un nas", ("branchee", "grand_public")),
    ],
    "videosurveillance.lieux": [
        ("entrée et salle d'attente", ("entree", "salle_attente")),
        ("l'entrée, pas la salle d'attente", ("entree",)),
        ("l'acceuil", ("accueil",)),
        ("la salle d'attente et l'entrée", ("entree", "salle_attente")),
        ("le hall", ("entree",)),
    ],
    "relations.clauses": [
        ("pas lu", ("non_lu",)),
        ("rien", ("non_lu",)),
        ("je les ai jamais lus", ("non_lu",)),
    ],
    "telemedecine.precautions": [
        ("rien", ("rien",)),
        ("j'explique et je vérifie son identité", ("informer", "identite")),
        ("je note son accord", ("accord",)),
    ],
    "securite.papier_locaux": [
        ("alarme et broyeur", ("broyage", "fermeture")),
        ("tout", ("armoire", "broyage", "sans_papier", "ecran", "imprimante", "fermeture")),
        ("tout sauf le broyage", ("armoire", "sans_papier", "ecran", "imprimante", "fermeture")),
    ],
    "mobiles.hors_cabinet": [
        ("jamais", ("jamais",)),
        ("à la maison et dans le train", ("chez_moi", "lieux_publics")),
    ],
    "mobiles.usages": [
        ("agenda et photos", ("organisation", "photos")),
    ],
    "comptabilite.tenue": [
        ("mon comptable", ("expert",)),
        ("moi et une AGA", ("moi", "association")),
        ("ma femme", ("proche",)),
    ],
    "dossiers_patients.reutilisation": [
        ("non", ("rien",)),
        ("oui pour des congrès", ("enseignement",)),
    ],
    "relations.information": [
        ("une affiche en salle d'attente et à l'oral", ("affiche", "oral")),
        ("rien", ("aucune",)),
        ("pas encore", ("aucune",)),
    ],
    "relations.prestataires": [
        ("mon informaticien et le menage", ("informaticien", "menage")),
        ("personne", ("aucun",)),
    ],
    "personnel.precautions": [
        ("une charte", ("charte",)),
    ],
    "personnel.dossier_salarie": [
        ("rien d'autre", ("rien",)),
    ],
    "recherches.nature": [
        ("these d'un interne", ("these",)),
    ],
    "communication.reseaux": [
        ("insta et fb", ("facebook", "instagram")),
    ],
}  # fmt: skip


def rows(table: dict[str, list[tuple[str, object]]]) -> Iterator[object]:
    for key, pairs in table.items():
        for said, expected in pairs:
            yield pytest.param(key, said, expected, id=f"{key}: {said}")


@pytest.mark.parametrize(("key", "said", "expected"), rows(ONE))
def test_the_option_that_is_meant_is_read(key: str, said: str, expected: object) -> None:
    assert outcome(QUESTIONS[key], said) == expected


@pytest.mark.parametrize(("key", "said", "expected"), rows(MANY))
def test_the_options_that_are_meant_are_read(key: str, said: str, expected: object) -> None:
    assert outcome(QUESTIONS[key], said) == expected


def test_two_options_are_both() -> None:
    asked = Question(
        id="q", ask="?", label="", kind="many", why="", sources=(), options={"a": "Le matin", "b": "Le soir"}
    )
    assert outcome(asked, "les deux") == ("a", "b")
    assert outcome(asked, "les 2 !") == ("a", "b")
    assert outcome(asked, "les trois") == "!choice"


@pytest.mark.parametrize(
    ("key", "said", "there", "denied"),
    [
        ("profil.personnel", "plus de stagiaire, mais une secrétaire", ("secretaire",), ("stagiaire",)),
        ("profil.personnel", "ni secrétaire ni assistant", (), ("secretaire", "assistant")),
        ("profil.personnel", "pas de secrétaire, d'assistante ou de stagiaire", (), ("secretaire", "assistant", "stagiaire")),
        ("profil.personnel", "une secrétaire. non, un assistant", ("assistant",), ("secretaire",)),
        ("profil.personnel", "la secrétaire est partie", (), ("secretaire",)),
        ("profil.personnel", "aussi un remplaçant", ("remplacant",), ()),
        ("profil.personnel", "en plus de la secrétaire, un remplaçant", ("secretaire", "remplacant"), ()),
        ("rendez_vous.canaux", "doctolib non, téléphone", ("telephone",), ("en_ligne",)),
        ("rendez_vous.canaux", "doctolib au lieu du téléphone", ("en_ligne",), ("telephone",)),
        ("rendez_vous.canaux", "bonjour", (), ()),
    ],
)  # fmt: skip
def test_what_is_named_and_what_is_denied(
    key: str, said: str, there: tuple[str, ...], denied: tuple[str, ...]
) -> None:
    assert named(QUESTIONS[key], said) == (there, denied)


# --- Measures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("0", 0), ("zéro", 0), ("aucune", 0), ("aucun à ma connaissance", 0), ("jamais", 0), ("non", 0), ("personne", 0),
        ("pas une seule", 0), ("rien", 0), ("0 demande", 0), ("deux", 2), ("trois ou quatre", 4), ("deux ou trois", 3),
        ("2 ou 3", 3), ("deux trois", 3), ("2/3", 3), ("1 ou 2 max", 2), ("une ou deux", 2), ("une dizaine", 10), ("entre 5 et 10", 10),
        ("5 à 10", 10), ("5-10", 10), ("5 a 10", 10), ("une petite centaine", 100), ("une bonne vingtaine", 20), ("10 000", 10_000),
        ("10.000", 10_000), ("1 200 environ", 1_200), ("trente-deux", 32), ("trente deux", 32), ("quatre-vingt-dix", 90),
        ("deux cents", 200), ("mille", 1000), ("2k", 2000), ("environ 20", 20), ("~20", 20), ("à peu près une vingtaine", 20),
        ("pas plus de 3", 3), ("moins de 10", 10), ("plus de 100", 100), ("une seule", 1), ("une", 1), ("un par an", 1),
        ("on en a eu 2 en 2024", 2), ("3 depuis janvier", 3), ("une quinzaine de demandes", 15), ("5 patients", 5),
        ("une demi-douzaine", 6), ("je sais pas, peut-être 3", 3), ("3 je crois", 3), ("oui, 2", 2), ("4.", 4), ("douze!", 12),
        ("beaucoup", "!number"), ("plusieurs", "!number"), ("quelques unes", "!number"), ("2,500", "!number"),
        ("10%", "!number"), ("oui", "!number"), ("ça dépend", "!number"), ("des dizaines", "!number"), ("3 lundi et 12 mardi", "!number"),
        ("jsp", "?"), ("je ne sais pas s'il y en a eu 3", "?"), ("faut que je demande", "?"), ("je ne compte pas", "!number"),
        ("une vingtaine par an", 20), ("2 max", 2), ("y en a eu 4 ou 5", 5), ("pas beaucoup, 3", 3), ("cent", 100), ("1", 1),
        ("aucune demande", 0), ("zero", 0), ("0.", 0), ("environ une centaine de patients", 100), ("12 000", 12000),
        ("12000", 12000), ("un millier", 1000), ("deux mille", 2000), ("j'en ai reçu une", 1), ("on en a jamais eu", 0),
    ],
)  # fmt: skip
def test_a_number_is_read(said: str, expected: object) -> None:
    assert outcome(question("number"), said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("6 mois", "6 mois"), ("six mois", "6 mois"), ("6mois", "6 mois"), ("un an", "1 an"), ("1an", "1 an"), ("une année", "1 an"),
        ("15 jours", "15 jours"), ("une quinzaine de jours", "15 jours"), ("30j", "30 jours"), ("7 j", "7 jours"),
        ("une semaine", "1 semaine"), ("deux ans", "2 ans"), ("1 an et demi", "18 mois"), ("un an et demi", "18 mois"),
        ("6 mois à un an", "1 an"), ("entre 1 et 2 ans", "2 ans"), ("2 ou 3 mois", "3 mois"), ("48h", "48 heures"),
        ("un trimestre", "3 mois"), ("une demi journée", "12 heures"), ("jusqu'à 3 mois je crois", "3 mois"),
        ("depuis 2 ans", "2 ans"), ("environ un mois", "1 mois"), ("dix ans", "10 ans"), ("une dizaine d'années", "10 ans"),
        ("longtemps", "!duration"), ("6", "!duration"), ("quelques jours", "!duration"), ("oui", "!duration"),
        ("aucune idée", "?"), ("c'est l'informaticien qui sait", "?"),
        ("on garde un mois", "1 mois"), ("un mois ou deux", "2 mois"), ("3 à 4 semaines", "4 semaines"),
        ("une nuit", "!duration"), ("la semaine", "!duration"), ("24h", "24 heures"), ("une journée", "1 jour"),
        ("1 an environ", "1 an"), ("jusqu à 6 mois", "6 mois"), ("plusieurs mois", "!duration"),
        ("pas plus de 15j", "15 jours"), ("je peux pas revenir en arrière", "!duration"),
        ("deux semaines je dirais", "2 semaines"),
    ],
)  # fmt: skip
def test_a_duration_is_read(said: str, expected: str) -> None:
    assert outcome(question("duration"), said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("31/12/2027", "2027-12-31"), ("31/12/27", "2027-12-31"), ("31.12.2027", "2027-12-31"), ("2027-12-31", "2027-12-31"),
        ("31 décembre 2027", "2027-12-31"), ("31 decembre 2027", "2027-12-31"), ("jusqu'au 1er mars 2028", "2028-03-01"),
        ("31/12", "2026-12-31"), ("5 mai", "2026-05-05"), ("1 janvier", "2027-01-01"), ("dans deux ans", "2028-03-10"),
        ("dans 6 mois", "2026-09-10"), ("demain", "2026-03-11"), ("31 février 2027", "!no_such_date"),
        ("32/01/2027", "!no_such_date"), ("bientôt", "!date"), ("elle est périmée", "!date"), ("non", "!date"),
        ("je ne sais pas", "?"), ("faut que je regarde", "?"),
    ],
)  # fmt: skip
def test_a_date_is_read(said: str, expected: str) -> None:
    assert outcome(question("date"), said) == expected


# --- Products and texts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Doctolib", "Doctolib"), ("doctolibe", "Doctolib"), ("docto lib", "Doctolib"), ("doctilib", "Doctolib"),
        ("Doctolib.fr", "Doctolib"), ("c'est Doctolib", "Doctolib"), ("on est chez maiia", "Maiia"), ("maia", "Maiia"),
        ("pas Doctolib, Maiia", "Maiia"), ("maiia et plus doctolib", "Maiia"), ("Doctolib et Maiia", "Doctolib, Maiia"),
        ("avant c'était doctolib maintenant maiia", "Maiia"), ("on a quitté doctolib pour keldoc", "Keldoc"),
        ("j'utilise weda depuis 2015", "Weda"), ("je suis sous hello doc", "HelloDoc"), ("weda je crois", "Weda"),
        ("peut-être Weda", "Weda"), ("oui weda", "Weda"), ("axisante 5", "AxiSanté"), ("medistory 4", "Medistory"),
        ("gmail perso", "Gmail"), ("OVH", "OVHcloud"), ("on fait ça sur excel", "Excel"),
        ("c'est Doctolib qui gère", "Doctolib"), ("MediBidule", "MediBidule"), ("c'est Zigoto", "Zigoto"),
        ("Zigoto je crois", "Zigoto"), ("un logiciel qui s'appelle Zigoto", "Zigoto"), ("mon logiciel c'est Zigoto Pro", "Zigoto Pro"),
        ("euh Zigoto", "Zigoto"), ("pas Doctolib, Zigoto", "Zigoto"), ("Télésecrétariat du Sud", "Télésecrétariat du Sud"),
        ("c'est ma secrétaire qui gère", "?"), ("c'est mon associé qui s'en occupe", "?"), ("ce sont mes associées qui gèrent", "?"), ("je ne sais pas", "?"),
        ("faut demander à l'informaticien", "?"), ("je sais pas si c'est weda", "?"), ("aucune idée du nom", "?"), ("jsp désolé", "?"),
        ("je ne sais plus comment ça s'appelle", "?"), ("à vérifier", "?"),
        ("non", "!vendor"), ("rien", "!vendor"), ("aucun", "!vendor"), ("on n'en a pas", "!vendor"), ("pas doctolib", "!vendor"),
        ("ni doctolib ni maiia", "!vendor"), ("oui", "!vendor"), ("je fais tout moi-même à la main depuis toujours", "!vendor"),
        ("nous avons Doctolib", "Doctolib"), ("le logiciel c'est crossway", "Crossway"), ("cross way", "Crossway"),
        ("wéda", "Weda"), ("veda", "Weda"), ("medi story", "Medistory"), ("Logiciel : Axisanté", "AxiSanté"),
        ("hellodoc depuis 20 ans, très content", "HelloDoc"), ("orthomax", "Orthomax"), ("j'ai pas de logiciel", "!vendor"),
        ("topaze maestro", "Topaze"), ("vega", "Vega"), ("logiciel Vega", "Vega"), ("Maïa", "Maiia"),
        ("PsyPratique", "PsyPratique"), ("doctolib siilo", "Doctolib, Siilo"), ("Doctolib Téléconsultation", "Doctolib"),
        ("on n'utilise plus weda, on est passé à doctolib", "Doctolib"), ("google agenda", "Google Agenda"),
        ("un tableur excel", "Excel"), ("word", "word"), ("mss", "MSSanté"), ("c'est ma femme qui s'en occupe", "?"),
        ("le comptable", "le comptable"), ("demandez à mon associé", "?"), ("whats app", "WhatsApp"),
        ("What's App", "WhatsApp"), ("zoom ou teams", "Zoom, Microsoft Teams"), ("zoom et whatsapp", "Zoom, WhatsApp"),
    ],
)  # fmt: skip
def test_a_product_is_read(said: str, expected: str) -> None:
    assert outcome(question("vendor"), said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Dr Camille Durand", "Dr Camille Durand"),
        ("  Cabinet du Parc \n", "Cabinet du Parc"),
        ("jsp", "?"),
        ("euh je sais pas", "?"),
        ("je ne sais pas trop, le CHU de Lyon je crois", "je ne sais pas trop, le CHU de Lyon je crois"),
        ("a" * 500, "a" * 500),
        ("a" * 501, "!long"),
        ("…", "!empty"),
        ("   ", "!empty"),
    ],
)
def test_a_text_is_kept_as_it_was_typed(said: str, expected: str) -> None:
    assert outcome(question("text"), said) == expected


def test_only_the_vendors_that_are_given_are_known() -> None:
    zigoto = Vendor(name="Zigoto Santé", also=("zigoto",))
    assert read(question("vendor"), "zigotto", (zigoto,), TODAY) == Answer.given("Zigoto Santé")


# --- Buttons and wordings ---------------------------------------------------------------------------


@pytest.mark.parametrize("key", QUESTIONS)
def test_the_ids_of_buttons_give_what_they_stand_for(key: str) -> None:
    asked = QUESTIONS[key]
    if asked.kind == "bool":
        assert [read(asked, [choice], (), TODAY).value for choice in ("oui", "non")] == [True, False]
    for option in asked.options:
        expected = (option,) if asked.kind == "many" else option
        assert read(asked, [option], (), TODAY) == Answer.given(expected)
    for wrong in ([], ["inconnu"], [*list(asked.options)[:1], "inconnu"]):
        with pytest.raises(Misunderstood, match="choice"):
            read(asked, wrong, (), TODAY)


def test_buttons_are_kept_in_the_questions_order_and_exclude_what_they_must() -> None:
    asked = QUESTIONS["profil.personnel"]
    assert read(asked, ["stagiaire", "secretaire"], (), TODAY) == Answer.given(("secretaire", "stagiaire"))
    with pytest.raises(Misunderstood, match="exclusive"):
        read(asked, ["personne", "secretaire"], (), TODAY)
    with pytest.raises(Misunderstood, match="choice"):
        read(QUESTIONS["profil.profession"], ["dentiste", "autre"], (), TODAY)


@pytest.mark.parametrize("key", CHOICES)
@pytest.mark.parametrize("typed", [str, normal, "c'est {}".format], ids=["as is", "bare", "introduced"])
def test_an_option_is_found_by_each_of_its_wordings(key: str, typed: Callable[[str], str]) -> None:
    asked = CHOICES[key]
    wrong = {
        typed(wording): found
        for option, label in asked.options.items()
        for wording in (label, *asked.words.get(option, ()))
        if (found := outcome(asked, typed(wording))) not in (option, (option,))
    }
    assert wrong == {}


# --- What is said around an answer ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("en fait, c'est Doctolib", "c'est Doctolib"),
        ("En fait non", "non"),
        ("ah non pardon, en fait deux", "deux"),
        ("non pardon, une secrétaire", "une secrétaire"),
        ("finalement oui", "oui"),
        ("je me suis trompée", ""),
        ("oups", ""),
        ("erreur : Weda", "Weda"),
        ("je voulais dire 3", "3"),
    ],
)
def test_a_correction_is_what_follows_its_opening(said: str, rest: str) -> None:
    assert opens_correction(said)
    assert without_opening(said) == rest


@pytest.mark.parametrize(
    "said", ["non", "oui", "ah", "Doctolib en fait", "une erreur", "alors voilà", "", "?"]
)
def test_what_opens_otherwise_is_no_correction(said: str) -> None:
    assert not opens_correction(said)
    assert without_opening(said) == said


@pytest.mark.parametrize(
    ("what", "said", "only"),
    [
        ("oui", "oui", True), ("oui", "bah oui merci", True), ("oui", "je crois que oui", True),
        ("oui", "oui mais pas pour tous", False), ("oui", "merci", False), ("oui", "", False),
        ("non", "non", True), ("non", "non merci", True), ("non", "pas du tout", True), ("non", "non, une secrétaire", False),
        ("ne_sait_pas", "je ne sais pas", True), ("ne_sait_pas", "non aucune idée", True),
        ("ne_sait_pas", "euh je ne sais pas trop désolé", True), ("ne_sait_pas", "je ne sais pas, Weda", False),
    ],
)  # fmt: skip
def test_saying_only_that(what: str, said: str, only: bool) -> None:
    assert says_only(what, said) is only


@pytest.mark.parametrize(
    ("what", "said", "expected"),
    [
        ("aussi", "on a aussi un rempla", True), ("aussi", "ajoute un stagiaire", True), ("aussi", "un stagiaire", False),
        ("ne_sait_pas", "je ne suis pas sûr", True), ("ne_sait_pas", "pas sur papier", False), ("tout", "tout", True),
    ],
)  # fmt: skip
def test_saying_that(what: str, said: str, expected: bool) -> None:
    assert says(what, said) is expected


# --- Whatever is typed ------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "oui", "non", "pas", "plus", "ni", "sauf", "tout", "je ne sais pas", "si", "mais", "en fait", "deux", "12", "31/02", "mois",
        "un", "secrétaire", "Doctolib", "papier", "et", "ou", ",", ".", "?", "l'", "«", "œ", "c'est", "qui gère", "les", "jamais",
    ]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=10).map(" ".join))


@given(st.sampled_from(sorted(QUESTIONS)), TYPED)
def test_any_text_gives_an_answer_that_the_question_allows_or_a_reason(key: str, said: str) -> None:
    asked = QUESTIONS[key]
    try:
        answer = read(asked, said, KNOWLEDGE.vendors, TODAY)
    except Misunderstood:
        return
    if asked.options and answer.known:
        chosen = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        assert set(chosen) <= set(asked.options)
        assert list(chosen) == [option for option in asked.options if option in chosen]
        assert asked.none not in chosen or len(chosen) == 1


@given(TYPED)
def test_what_follows_an_opening_is_the_end_of_the_text(said: str) -> None:
    assert normal(said).endswith(normal(without_opening(said)))
    assert opens_correction(said) or without_opening(said) == unicodedata.normalize("NFC", said).strip()


# --- Told in a sentence, spelled in a hurry ---------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        ("securite.chiffrement", "mon neveu a chiffré tous les disques en mai", True),
        ("securite.chiffrement", "aucun disque n'a été chiffré ici", False),
        ("securite.chiffrement", "le disque, il faudrait le chiffrer", "!bool"),
        ("securite.chiffrement", "les rideaux viennent de chez ma tante", "!bool"),
        ("securite.chiffrement", "chiffrer un disque ça sert à quoi ?", "!bool"),
        ("securite.verrouillage", "jverouille jamé mes pc", False),
        ("rendez_vous.agenda_papier", "un vieux carnet oui, je ne peux pas le lâcher", True),
        ("dossiers_patients.support", "tt sur ordi", "informatique"),
        ("profil.outils", "tel + fb", ("mobiles", "communication")),
        ("profil.personnel", "une assistente et 2 stajiaires", ("assistant", "stagiaire")),
        ("securite.anciennete", "3 semene", "3 semaines"),
        ("securite.mots_de_passe", "sur un papier collé au clavier", "partages"),
    ],
)
def test_a_question_is_answered_in_a_sentence_or_in_a_hurry(asked: str, said: str, expected: object) -> None:
    assert outcome(QUESTIONS[asked], said) == expected


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Notre prestataire se nomme Agenda Plus Ouest", "Agenda Plus Ouest"),
        ("la petite boîte du village, Bits & Soins", "Bits & Soins"),
        ("Cabinext, une jeune société de Nantes", "Cabinext"),
        ("on passe par la société Permanence d'Armor depuis mars", "Permanence d'Armor"),
    ],
)
def test_an_unknown_name_is_found_in_its_sentence(said: str, name: str) -> None:
    assert outcome(question("vendor"), said) == name


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        # A word of the question's own side, or of the contrary.
        ("rendez_vous.purge", "on conserve tout, ça s'accumule", False),
        ("rendez_vous.purge", "on ne garde rien de plus d'un an", True),
        ("communication.participants", "je jette la feuille en partant", False),
        ("mobiles.stockage", "je les supprime le soir même", False),
        ("personnel.information", "on leur a redigé une charte", True),
        ("personnel.information", "juste de vive voix en réunion", False),
        ("messagerie.fax", "il est au milieu du couloir", False),
        ("messagerie.fax", "pas dans le couloir", True),
        ("recherches.terminee", "bouclée depuis mars", True),
        ("recherches.terminee", "elle continue encore un an", False),
        ("videosurveillance.affichage", "une pancarte près de la sonnette", True),
        ("rendez_vous.agenda_papier", "terminé le papier", False),
        # What was undone.
        ("mobiles.synchronisation", "je l'ai désactivée", False),
        ("securite.mises_a_jour", "l'antivirus est actif et prévient dès qu'un logiciel s'arrête", True),
        # Some of them: a no to « chaque », a yes to « certaines », else asked again.
        ("personnel.engagement", "la secrétaire oui, l'assistante non", False),
        ("securite.chiffrement", "en partie", False),
        ("comptabilite.commandes_patients", "de temps en temps", True),
        ("mobiles.rebut", "parfois", "!bool"),
        # « Juste l'un » has not the other.
        ("messagerie.double_controle", "un simple code, rien que ça", False),
        ("facturation.recouvrement_donnees", "uniquement le nom et la somme", True),
        ("profil.plus_de_10000_patients", "dans les 900", False),
        ("profil.plus_de_10000_patients", "environ 15 000", True),
        # What asks, supposes or wishes states nothing.
        ("rendez_vous.purge", "faudrait les supprimer", "!bool"),
        ("rendez_vous.purge", "si je les supprime, je perds la trace", "!bool"),
    ],
)
def test_a_yes_or_a_no_is_told_by_a_fact(asked: str, said: str, expected: object) -> None:
    assert outcome(QUESTIONS[asked], said) == expected


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        ("profil.profession", "masseur kinesiterapeuthe", "kinesitherapeute"),
        ("profil.profession", "chirurgien dentisste", "dentiste"),
        ("profil.locaux", "le cabinet, et puis du domicile", ("cabinet", "domicile_patients")),
        ("relations.demandes", "la personne qui répond, mais pas les délais", ("responsable",)),
        ("relations.demandes_recues", "une vintaine", 20),
        ("relations.demandes_recues", "on n'en a reçu qu'une, il y a longtemps", 1),
        ("relations.demandes_recues", "des dizaines", "!number"),
        ("securite.anciennete", "kinze jour", "15 jours"),
        ("messagerie.confreres", "par courrier, le fax on ne s'en sert jamais", ("courrier",)),
        ("mobiles.appareils", "un iphone, et la tablette je la prends plus", ("telephone",)),
        ("facturation.paiements", "CB ou chèque", ("carte", "especes_cheque")),
    ],
)
def test_a_slip_or_a_second_word_does_not_hide_what_is_meant(asked: str, said: str, expected: object) -> None:
    assert outcome(QUESTIONS[asked], said) == expected


FACTS = {key: question for key, question in QUESTIONS.items() if question.kind == "bool"}


@pytest.mark.parametrize("key", FACTS)
def test_a_yes_or_a_no_is_told_by_each_fact_that_the_question_knows(key: str) -> None:
    asked = FACTS[key]
    assert set(asked.words) == {"oui", "non"}
    wrong = {
        typed: found
        for side, facts in asked.words.items()
        for fact in facts
        for typed in (fact, normal(fact))
        if (found := outcome(asked, typed)) is not (side == "oui")
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        # A fact of the question's own, and its denial wherever it stands in the clause.
        ("mobiles.stockage", "y a des clichés de mains dans la galerie", True),
        ("personnel.controle", "on n'a jamais voulu de badgeuse", False),
        ("videosurveillance.affichage", "je ne crois pas qu'un autocollant ait été posé", False),
        # What is denied in one part is not in the next.
        ("telemedecine.lieu_ferme", "je n'ai pas de bureau donc je mets un casque", True),
        # The last stands, but what asks for all wants all.
        ("rendez_vous.contrat", "il me l'ont transmis mais je ne l'ai jamais lu", False),
        ("mobiles.verrouillage", "la tablette reste ouverte, le téléphone a une empreinte", False),
        # An opening that is about one thing only leaves the answer to the fact.
        ("facturation.recouvrement_donnees", "rien de médical", True),
        ("messagerie.objet", "jamais de nom", True),
        ("mobiles.procedure", "aucune idée par où commencer donc non", False),
        ("messagerie.destinataire", "jverifi pa", False),
        # What happens beside the interview states nothing.
        ("securite.chiffrement", "mon petit dernier a de la fièvre", "!bool"),
        ("personnel.carte", "le facteur vient de sonner", "!bool"),
    ],
)
def test_a_fact_of_the_question_decides(asked: str, said: str, expected: object) -> None:
    assert outcome(QUESTIONS[asked], said) == expected


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        ("recherches.conditions", "les deux premières", ("suivi", "soignants")),
        ("recherches.conditions", "la première et la dernière", ("suivi", "exclusif")),
        ("securite.wifi", "option 2", "separe"),
        ("dossiers_patients.support", "autrefois des fiches, maintenant l'ordinateur", "informatique"),
        ("facturation.paiements", "on n'a jamais voulu de terminal, que des chèques", ("especes_cheque",)),
        ("relations.contrats", "l'hébergeur oui, le gardien non", "certains"),
        ("communication.cas", "oui mais visage flouté", "anonymes"),
        ("profil.personnel", "l'assistante, la secrétaire elle est partie", ("assistant",)),
        ("comptabilite.support", "disque et classeurs du grenier", ("papier", "ordinateur")),
    ],
)
def test_options_are_told_by_place_by_time_and_by_contrast(asked: str, said: str, expected: object) -> None:
    assert outcome(QUESTIONS[asked], said) == expected


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("on bosse sur octetline", "octetline"),
        ("jutilise octetline", "octetline"),
        ("octetline depuis deux ans", "octetline"),
        ("Octetline, un truc fait maison", "Octetline"),
        ("une boîte du coin qui s'appelle octetline", "octetline"),
        ("Octetline à Nantes", "Octetline"),
        ("doctolyb", "Doctolib"),
        ("faudrait demander à mon associé", "?"),
    ],
)
def test_a_name_is_freed_of_what_is_said_around_it(said: str, name: str) -> None:
    assert outcome(question("vendor"), said) == name


def test_paper_is_an_answer_where_the_question_says_so() -> None:
    assert outcome(QUESTIONS["profil.logiciel"], "je n'ai que des fiches") == "papier"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("néant", 0),
        ("une seule, par un huissier", 1),
        ("j'ai reçu une demande d'un notaire", 1),
        ("une par trimestre", 4),
        ("trois ou quatre, disons trois", 3),
        ("aucune en douze ans", 0),
    ],
)
def test_requests_are_counted_as_people_count_them(said: str, expected: object) -> None:
    assert outcome(QUESTIONS["relations.demandes_recues"], said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("fin juin 2027", "2027-06-30"),
        ("fin 2028", "2028-12-31"),
        ("fin février", "2027-02-28"),
        ("le trois mars deux mille vingt-huit", "2028-03-03"),
    ],
)
def test_a_date_is_said_in_letters_or_by_the_end_of_its_month(said: str, expected: str) -> None:
    asked = QUESTIONS["videosurveillance.autorisation_fin"]
    assert read(asked, said, KNOWLEDGE.vendors, date(2026, 11, 24)) == Answer.given(expected)
