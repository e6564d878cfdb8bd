"""The sentences that the page says on its own, outside its templates; nothing here is law."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.wording import number

EMPTY = "Écrivez un message, ou choisissez une réponse."
STALE = (
    "Cette question a déjà reçu une réponse, peut-être dans un autre onglet. "
    "Répondez à la dernière question affichée ; une réponse se change à la page « Réponses »."
)
FORGOTTEN = (
    "Le texte de cette conversation a été effacé, comme prévu. Vos réponses, elles, sont gardées : "
    "rechargez la page pour reprendre."
)
NO_CHOICE = "Choisissez au moins une réponse, ou « Je ne sais pas »."
ONE_CHOICE = "Choisissez une seule réponse."
WRONG_CHOICE = "Cette réponse ne fait pas partie des choix proposés : choisissez-en une ci-dessous."
NO_ANSWER = "Cette question n'a pas encore de réponse à modifier."
NO_THEME = "Ce thème ne concerne pas votre cabinet d'après vos réponses."
NO_CASE = "Ce dossier n'existe pas, ou plus."
NO_MOMENT = "Dites quand, même à peu près : « hier à 18 h », « 24/11/2026 à 9 h »."
FUTURE_MOMENT = "Ce moment n'est pas encore passé : donnez celui où c'était fait."
NO_RECEIPT = "Écrivez le numéro que la CNIL vous a donné."
LONG_RECEIPT = "Ce numéro est trop long : recopiez seulement le numéro du récépissé."
NO_RECIPIENT = "Choisissez qui a été prévenu."
TOO_MANY = "Trop de messages en peu de temps : attendez une minute, puis renvoyez le dernier."
ASSISTANT_AWAY = (
    "Une partie de Vigie redémarre. Votre message n'est pas perdu : attendez une dizaine de secondes, puis "
    "renvoyez-le. Si cela dure plus d'une minute, arrêtez Vigie et relancez-la."
)
NOT_GREETED = (
    "Une partie de Vigie démarre. Rechargez la page dans quelques secondes ; "
    "si cela dure plus d'une minute, arrêtez Vigie et relancez-la."
)
RECORDS_AWAY = (
    "Je n'ai pas pu enregistrer : la base est occupée ou le disque est plein. "
    "Rien n'est perdu : réessayez dans un instant."
)
UNEXPECTED = (
    "Une erreur imprévue s'est produite. Ce qui était enregistré l'est toujours : "
    "revenez à la conversation et réessayez."
)
FOREIGN_HOST = "Cette adresse n'est pas celle de Vigie. Ouvrez celle que Vigie a affichée à son démarrage."
FOREIGN_PAGE = "Cet envoi ne vient pas d'une page de Vigie : il a été refusé, et rien n'a changé."
EXPIRED_PAGE = (
    "Cette page n'est plus à jour : les données ont peut-être été effacées dans une autre fenêtre. "
    "Rouvrez la conversation, puis recommencez."
)
NOT_ERASED = (
    "Rien n'a été effacé : la base est occupée ou le disque est plein. "
    "Attendez quelques secondes, puis redemandez l'effacement."
)
UNREADABLE = "Cet envoi est illisible : il a été refusé, et rien n'a changé."
NO_REGISTER = "Votre registre n'a pas encore de fiche : répondez d'abord à quelques questions."
NO_BREACH = "Cette violation ne figure pas dans votre registre. L'adresse est peut-être mal recopiée."
NO_NOTICE = "Cette notice n'existe pas sous cette forme. Reprenez-la à la page « Information »."
NO_NOTICE_DAY = "Dites depuis quand, même à peu près : « hier », « 24/11/2026 »."
FUTURE_NOTICE_DAY = "Ce jour n'est pas encore venu : notez-le quand ce sera fait."
NO_NOTICE_ANSWER = "Écrivez votre réponse, ou choisissez « Je ne sais pas »."
NO_REQUEST = "Cette demande ne figure pas dans votre registre. L'adresse est peut-être mal recopiée."
NO_STEP = "Choisissez ce que vous avez fait."
NO_LETTER = "Cette lettre ne convient pas à cette demande. Celles qui conviennent sont sur sa page."
NO_PERIOD = (
    "Aucun délai n'est compté pour cette demande : dites d'abord quand vous l'avez reçue, et qui demande."
)
MASKED_NOTE = (
    "Ce qui ressemblait à une donnée de patient a été masqué dans votre note avant d'être enregistré : "
    "Vigie n'en a pas besoin."
)
NO_ASSESSMENT = (
    "Cette analyse d'impact ne figure pas dans votre dossier. L'adresse est peut-être mal recopiée."
)
NO_DECISION = (
    "Aucune version décidée ne porte ce numéro. Celles qui sont gardées sont sur la page de l'analyse."
)
CLOSED_ASSESSMENT = (
    "Cette analyse est close : rouvrez-la, puis enregistrez de nouveau. Votre saisie est encore ici."
)
TEXT_AND_UNKNOWN = "Vous avez écrit un texte et coché « Je ne sais pas » : gardez l'un des deux."
LONG_LINE = "Une ligne est trop longue pour être relue : coupez-la en plusieurs. Rien n'en a été enregistré."
NOTHING_READABLE = "Rien n'est lisible dans ce texte : écrivez-le autrement."
MASKED_TEXT = (
    "Ce qui ressemblait à une donnée de patient a été masqué dans votre texte avant d'être enregistré : "
    "Vigie n'en a pas besoin."
)
NOT_ASKED = "pas encore demandé"
NO_SUPPLIER = "Dites au moins son nom, ou de quel genre de prestataire il s'agit."
LONG_NAME = "Ce nom est trop long : écrivez seulement celui de la société."
SUPPLIER_REMOVED = (
    "Ce qui était noté sur ce prestataire est effacé. Si vos réponses à l'entretien le nomment, il reste "
    "dans cette liste : corrigez-les pour qu'il n'y soit plus."
)
NO_CONTRACT = "D'après vos réponses, aucun contrat n'est à vérifier avec ce prestataire."
NOTHING_GIVEN = "Choisissez le fichier du contrat, ou collez son texte."
CONTRACT_READ = (
    "Le contrat est lu. Relisez chaque passage, puis dites ce que vous en pensez : Vigie propose, "
    "vous décidez. "
    "Si ce sont des conditions acceptées en ligne, dites-le dans « Ce que vous en savez »."
)
TEXT_ERASED = "Le texte du contrat est effacé. Les passages cités restent, jusqu'au prochain contrat donné."
KNOWN_OR_NOT = "Choisissez des réponses, ou « Je ne sais pas », mais pas les deux."
NO_CONTRACT_DAY = "Écrivez cette date comme 31/12/2024, mars 2024 ou 2024, ou videz le champ."
FUTURE_CONTRACT_DAY = "Cette date n'est pas encore venue : donnez celle de la signature, ou videz le champ."
NO_SUPPLIER_PAGE = "Ce prestataire n'a pas de page, ou plus. L'adresse est peut-être mal recopiée."
NO_SUPPLIER_PAPER = "Rien n'est à demander à ce prestataire d'après vos réponses."
NO_DEADLINE = "Aucune échéance n'est connue pour cette violation : dites d'abord quand vous l'avez sue."
NO_MESSAGE = (
    "D'après vos réponses, ce message n'est pas obligatoire. "
    "Si vous voulez tout de même informer les personnes, demandez-le depuis la page de la violation."
)

BY_STATUS = {
    400: UNREADABLE,
    403: FOREIGN_PAGE,
    404: "Cette page n'existe pas. L'adresse est peut-être mal recopiée.",
    405: "Cette page ne se lit pas de cette façon. Revenez à la conversation.",
    413: "Votre message est beaucoup trop long : je ne peux pas le lire. Raccourcissez-le.",
}

NO_FIELD_TEXT = "Écrivez le texte de ce champ, ou revenez à la proposition."
NO_REASON = "Dites pourquoi cette mesure est sans objet : cette raison sera gardée avec elle."
NO_DATE = "Choisissez la date à laquelle vous prévoyez de le faire."
WRONG_DATE = "Cette date n'existe pas : écrivez-la comme 31/12/2027."
PAST_DATE = "Cette date est passée : choisissez aujourd'hui ou un jour à venir."

#: What each command reads as in the practitioner's bubble.
COMMANDS = {
    "pause": "Pause",
    "reprendre": "Reprendre",
    "recapitulatif": "Récapitulatif",
    "retour": "Revenir",
    "passer": "Passer",
    "ne_sait_pas": "Je ne sais pas",
    "pourquoi": "Pourquoi ?",
    "changer_theme": "Changer de thème",
    "aide": "Aide",
}


def too_long(length: int, most: int) -> str:
    """A message was longer than what is read."""
    return (
        f"Votre message compte {number(length)} caractères ; je lis jusqu'à {number(most)}. "
        "Raccourcissez-le : il n'a pas été enregistré."
    )


def long_note(length: int, most: int) -> str:
    """A note on a step was longer than what is kept."""
    return (
        f"Votre note compte {number(length)} caractères ; Vigie en garde {number(most)}. "
        "Raccourcissez-la : rien n'a été enregistré."
    )


def long_text(length: int, most: int) -> str:
    """A text of a field was longer than what is kept."""
    return (
        f"Ce texte compte {number(length)} caractères ; Vigie en garde {number(most)}. "
        "Raccourcissez-le : il n'a pas été enregistré."
    )


def removed(found: Iterable[str]) -> str:
    """Something that looks like a patient's data was masked."""
    *first, last = found
    what = f"{', '.join(first)} et {last}" if first else last
    return (
        f"J'ai retiré {what} de votre message avant de l'enregistrer : "
        "Vigie n'a besoin d'aucune donnée de patient."
    )


def exclusive(option: str) -> str:
    """An option that excludes the others was chosen with others."""
    return f"« {option} » ne va pas avec une autre réponse : gardez l'une ou les autres."
