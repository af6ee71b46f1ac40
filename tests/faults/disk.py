"""What a disk may still hold after a power cut, from a record of what was asked of it.

A file system keeps what was synced, and of the rest whatever it likes: bytes without their name,
a name without its bytes, a rename before or after either. `Disk.states` gives the disks that are
furthest apart; a folder is made of each and read as a review.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(eq=False, slots=True)
class File:
    """The bytes of one file as the program has them, and as they were when it was last synced."""

    written: bytes = b""
    synced: bytes = b""


@dataclass(slots=True)
class Disk:
    """Files by name, as the program sees the names and as they were last synced."""

    root: Path
    names: dict[str, File] = field(default_factory=dict)
    synced_names: dict[str, File] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    synced_folders: set[str] = field(default_factory=set)
    opened: dict[int, File] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> Disk:
        """The disk as it is, all of it synced."""
        disk = cls(root)
        for path in root.rglob("*"):
            name = path.relative_to(root).as_posix()
            if path.is_dir():
                disk.folders.add(name)
            else:
                content = path.read_bytes()
                disk.names[name] = File(content, content)
        disk.synced_names, disk.synced_folders = dict(disk.names), set(disk.folders)
        return disk

    def asked(self, call: str, words: tuple[object, ...], result: object) -> None:
        """The program has made this call."""
        doing = getattr(self, f"_{call}", None)
        if doing is not None:
            doing(words, result)

    def _name(self, path: object) -> str:
        return os.path.relpath(str(path), self.root)

    def _open(self, words: tuple[object, ...], descriptor: object) -> None:
        assert isinstance(descriptor, int)
        name = self._name(words[0])
        if (self.root / name).is_dir():
            return
        self.opened[descriptor] = self.names.setdefault(name, File())

    def _write(self, words: tuple[object, ...], _: object) -> None:
        descriptor, content = words
        assert isinstance(descriptor, int)
        assert isinstance(content, bytes)
        if descriptor in self.opened:
            self.opened[descriptor].written += content

    def _ftruncate(self, words: tuple[object, ...], _: object) -> None:
        descriptor, size = words
        assert isinstance(descriptor, int)
        assert isinstance(size, int)
        if descriptor in self.opened:
            file = self.opened[descriptor]
            file.written = file.written[:size]

    def _fsync(self, words: tuple[object, ...], _: object) -> None:
        path = Path(f"/proc/self/fd/{words[0]}").readlink()
        if not path.is_dir():
            descriptor = words[0]
            assert isinstance(descriptor, int)
            self.opened[descriptor].synced = self.opened[descriptor].written
            return
        folder = self._name(path)
        for here, there in ((self.names, self.synced_names),):
            for name in here.keys() | there.keys():
                if (os.path.dirname(name) or ".") == folder:  # noqa: PTH120  # names, not paths
                    if name in here:
                        there[name] = here[name]
                    else:
                        there.pop(name, None)
        within = {name for name in self.folders if (os.path.dirname(name) or ".") == folder}  # noqa: PTH120
        self.synced_folders |= within

    def _replace(self, words: tuple[object, ...], _: object) -> None:
        self.names[self._name(words[1])] = self.names.pop(self._name(words[0]))

    def _link(self, words: tuple[object, ...], _: object) -> None:
        self.names[self._name(words[1])] = self.names[self._name(words[0])]

    def _unlink(self, words: tuple[object, ...], _: object) -> None:
        self.names.pop(self._name(words[0]), None)

    def _mkdir(self, words: tuple[object, ...], _: object) -> None:
        self.folders.add(self._name(words[0]))

    def states(self) -> Iterator[tuple[str, dict[str, bytes]]]:
        """What may be left, by name."""
        kept = {n: f for n, f in self.synced_names.items() if self._reachable(n)}
        yield "what was synced", {name: file.synced for name, file in kept.items()}
        yield "everything", {name: file.written for name, file in self.names.items()}
        yield "names before bytes", {name: file.synced for name, file in self.names.items()}
        yield "bytes before names", {name: file.written for name, file in kept.items()}
        yield "half of the bytes", {name: _half(file) for name, file in self.names.items()}
        yield "zeros for bytes", {name: _zeros(file) for name, file in self.names.items()}

    def _reachable(self, name: str) -> bool:
        parents = [str(parent) for parent in Path(name).parents if str(parent) != "."]
        return self.synced_folders.issuperset(parents)


def _half(file: File) -> bytes:
    if not file.written.startswith(file.synced):
        return file.synced
    return file.written[: (len(file.synced) + len(file.written)) // 2]


def _zeros(file: File) -> bytes:
    lost = len(file.written) - len(file.synced)
    return file.synced + b"\0" * lost if lost > 0 else file.written


def lay_out(files: dict[str, bytes], folder: Path) -> None:
    """The folder holds just these files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
