"""What a build did, by file name; and the file name of each path of the site."""

from __future__ import annotations

from dataclasses import dataclass, field

from feeds.errors import say_number

INDEX = "index.html"


@dataclass(slots=True)
class BuildReport:
    """Files that were written because they are new or changed, those that were removed, and a count of the others.

    They go by their names, relative to the folder.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing was written or removed."""
        return not (self.new or self.changed or self.removed)

    def list_written(self) -> list[str]:
        """The files that were written, sorted."""
        return sorted((*self.new, *self.changed))

    def list_files(self) -> list[str]:
        """The files that were written or removed, sorted."""
        return sorted((*self.new, *self.changed, *self.removed))

    def join(self, other: BuildReport) -> BuildReport:
        """Two reports in one."""
        return BuildReport(
            new=[*self.new, *other.new],
            changed=[*self.changed, *other.changed],
            removed=[*self.removed, *other.removed],
            unchanged=self.unchanged + other.unchanged,
        )

    def summarise(self) -> str:
        """One line of counts."""
        return (
            f"{say_number(len(self.new), 'file')} new, {len(self.changed)} changed, {len(self.removed)} removed, "
            f"{self.unchanged} unchanged"
        )


def file_name_of(path: str) -> str:
    """The file of a path, relative to the folder: a page is the index.html of its folder."""
    name = path.removeprefix("/")
    return name + INDEX if path.endswith("/") else name


def path_of_file(name: str) -> str:
    """The path of the site whose bytes a file has: the reverse of `file_name_of`."""
    folder, _, last = name.rpartition("/")
    return f"/{folder}/".replace("//", "/") if last == INDEX else f"/{name}"
