"""A Site into a folder: each file whole or not at all, only where its bytes changed; a report of what changed.

    output      the folder while it is written
    files       its files: written, replaced, removed; `manifest`: which of them are ours; `hosted`: what hosts need
    report      what a build did

Never renders what it is handed, never looks into the library but through the Site.
"""

from feeds.build.files import TEMPORARY, Files
from feeds.build.hosted import HOSTING_MANIFEST, load_hosted
from feeds.build.manifest import JOURNAL, MANIFEST, load_manifest
from feeds.build.output import Output, open_output
from feeds.build.report import BuildReport, file_name_of, path_of_file

__all__ = [
    "HOSTING_MANIFEST", "JOURNAL", "MANIFEST", "TEMPORARY", "BuildReport", "Files", "Output", "file_name_of",
    "load_hosted", "load_manifest", "open_output", "path_of_file",
]  # fmt: skip
