"""The project's folders that assets are copies of."""

from __future__ import annotations

import os
from dataclasses import dataclass

from lambdalint.project.descriptors.listing import files_below
from lambdalint.project.descriptors.reader import Files

#: What tells that a folder of an asset was put there by an installer.
_INSTALLED = (".dist-info", ".egg-info")


@dataclass(frozen=True, slots=True)
class Original:
    """A folder of the project (absolute). `same`: the file that was asked for is as it was when it was copied."""

    folder: str
    same: bool


class Originals:
    """Finds them. `app`: the folder of the app; `out`: the name of the one in it that holds the copies."""

    def __init__(self, files: Files, app: str, out: str) -> None:
        self._files, self._app, self._out = files, app, out
        self._sources: dict[str, list[str]] | None = None

    def of(self, asset: str, path: str) -> Original | None:
        """The folder that an asset was copied from, told by one of its files. It is the only one whose file is the
        same; else, where an installer has put nothing into the asset, the only one that has a file of each name."""
        copy = self._files.text(os.path.join(asset, path))
        if copy is None:
            return None
        folders = [
            os.path.normpath(os.path.join(self._app, found[: len(found) - len(path)]))
            for found in self._paths().get(os.path.basename(path), ())
            if f"/{found}".endswith(f"/{path}")
        ]
        same = [folder for folder in folders if self._is_same(os.path.join(folder, path), copy.data)]
        if len(same) > 1:
            same = [folder for folder in same if self._has_all(folder, asset)]
        if len(same) == 1:
            return Original(same[0], True)
        alike = [folder for folder in folders if not same and self._has_all(folder, asset)]
        return Original(alike[0], False) if len(alike) == 1 else None

    def _has_all(self, folder: str, asset: str) -> bool:
        names = self._files.names(asset)
        return not any(name.endswith(_INSTALLED) for name in names) and names <= self._files.names(folder)

    def _is_same(self, path: str, data: bytes) -> bool:
        text = self._files.text(path)
        return text is not None and text.data == data

    def _paths(self) -> dict[str, list[str]]:
        """The project's files, by their last name."""
        if self._sources is None:
            self._sources = {}
            for path in files_below(self._files, self._app) or ():
                if not path.startswith(f"{self._out}/"):
                    self._sources.setdefault(os.path.basename(path), []).append(path)
        return self._sources
