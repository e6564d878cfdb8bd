"""The sentences that refuse a file, each with what to do; nothing here is law."""

from __future__ import annotations

#: The same as `bot.uploads.reader.MOST_BYTES`, as people say it.
MOST = "5 Mo"

_PASTE = "copiez plutôt le texte du contrat et collez-le."
_AGAIN = f"Redemandez-le au prestataire, ou {_PASTE}"
#: Said of a contract some of whose pages are images (`Contract.silent`); the rest is read.
SILENT = "Ces pages sont des images, que Vigie ne peut pas lire : {pages}. Lisez-les vous-même."
REFUSALS = {
    "vide": "Ce fichier est vide, ou sans texte. Vérifiez que c'est le bon, puis redonnez-le.",
    "trop_lourd": f"Ce fichier dépasse {MOST}. Enlevez-en les images, ou {_PASTE}",
    "format": (
        f"Vigie lit les fichiers PDF, DOCX et TXT. Enregistrez le contrat dans l'un d'eux, ou {_PASTE}"
    ),
    "autre_contenu": (
        "Le contenu de ce fichier n'est pas celui que son nom annonce : par prudence, Vigie ne l'ouvre pas. "
        f"{_AGAIN}"
    ),
    "ancien_word": (
        "Ce fichier est dans un ancien format de Word. Enregistrez-le en DOCX ou en PDF, puis redonnez-le."
    ),
    "chiffre": (
        "Ce fichier est protégé par un mot de passe, ou verrouillé. "
        f"Enregistrez-en une copie sans protection, ou {_PASTE}"
    ),
    "macros": (
        "Ce document contient des macros, c'est-à-dire un programme : Vigie ne l'ouvre pas. "
        f"Enregistrez-le en PDF, ou {_PASTE}"
    ),
    "entites": (
        "Ce document contient des définitions que Word n'écrit pas et qui peuvent piéger un lecteur : "
        f"Vigie ne l'ouvre pas. {_AGAIN}"
    ),
    "bombe": (
        "Ce document est petit mais se déplie en un contenu énorme : par prudence, Vigie ne l'ouvre pas. "
        f"{_AGAIN}"
    ),
    "abime": f"Ce fichier est abîmé : Vigie n'arrive pas à le lire. {_AGAIN}",
    "numerise": (
        "Ce document est une image de pages, sans texte que Vigie puisse lire. Demandez au prestataire le "
        "fichier d'origine, ou répondez aux questions en le lisant vous-même."
    ),
    "trop_de_pages": (
        "Ce document a plus de 300 pages. Donnez seulement le contrat ou son annexe sur les données, "
        f"ou {_PASTE}"
    ),
    "trop_de_texte": (
        "Ce texte est trop long pour un contrat. Donnez seulement la partie qui parle des données."
    ),
    "trop_long": (
        "La lecture de ce fichier prend trop de temps ou de mémoire : Vigie l'a arrêtée. "
        f"Essayez un autre format, ou {_PASTE}"
    ),
}
