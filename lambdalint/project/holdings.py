"""Which of the deployed packages, and of their layers, a file stands in. All files of a run are asked about, and all
functions may be many: so it is looked up by folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from lambdalint.project.resolve import Resolved


class Holdings:
    """The packages of some functions."""

    def __init__(self, resolved: Iterable[Resolved]) -> None:
        self._by_folder: dict[str, list[Resolved]] = {}
        self._of: dict[str, list[Resolved]] = {}
        #: Functions of whose code it is not known where it stands: any file may be a part of it.
        self.unplaced: list[Resolved] = []
        for one in resolved:
            code = one.deployment.code
            if code.inline is None and code.folder is None:
                self.unplaced.append(one)
            folders = (code.folder, *(layer.folder for layer in one.deployment.layers))
            for folder in dict.fromkeys(folder.rstrip(os.sep) for folder in folders if folder is not None):
                self._by_folder.setdefault(folder, []).append(one)

    def of(self, path: str) -> list[Resolved]:
        """The functions of which the folder of the package, or of a layer, is known, and holds a file (absolute)."""
        folder = os.path.dirname(path)
        known = self._of.get(folder)
        if known is None:
            found = (one for above in _above(path) for one in self._by_folder.get(above, ()))
            known = self._of[folder] = list({id(one): one for one in found}.values())
        return known


def _above(path: str) -> Iterator[str]:
    """The folders that a file is in, without the separator at their end."""
    while path.rstrip(os.sep):
        path = os.path.dirname(path)
        yield path.rstrip(os.sep)
