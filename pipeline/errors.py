"""Every error a user can meet: what happened, what to do, and the exit code.

Codes 0 to 9 are the command's own (0 all well, 1 some document failed, 2 wrong use);
each input error has its own from 10 on, each missing tool from 30 on. A plan file that
breaks the contract (40, 41) is an error of `schemas`, which imports nothing of ours.
"""

from __future__ import annotations


class KehoachError(Exception):
    """Base of all named errors. `advice` is a sentence that tells what to do."""

    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class MissingFile(KehoachError):
    """There is no such file, or it is a folder."""

    exit_code = 10


class EmptyFile(KehoachError):
    """The file holds no byte."""

    exit_code = 11


class NotADocument(KehoachError):
    """The content is of no accepted type."""

    exit_code = 12


class OldWordFile(KehoachError):
    """A binary .doc of Word 97-2003."""

    exit_code = 13


class PasswordProtected(KehoachError):
    """The file cannot be opened without its password."""

    exit_code = 14


class DamagedFile(KehoachError):
    """The type is known, but the file cannot be opened."""

    exit_code = 15


class NoPages(KehoachError):
    """The document opens but has no page, or none of those asked for."""

    exit_code = 16


class TooLarge(KehoachError):
    """The file, a page or the number of pages is over the limit."""

    exit_code = 17


class SecretDocument(KehoachError):
    """The document is marked MẬT or higher and `allow_secret` is off."""

    exit_code = 18


class UnreadablePage(KehoachError):
    """One page could not be read; the others can. Becomes a finding."""

    exit_code = 19


class TooSlow(KehoachError):
    """The document took longer than an archive allows and was ended."""

    exit_code = 20


class TooMuchMemory(KehoachError):
    """The document took more memory than an archive allows and was ended."""

    exit_code = 21


class WorkerLost(KehoachError):
    """The process that converted the document died, and died again on a second try."""

    exit_code = 22


class EngineMissing(KehoachError):
    """Tesseract is not installed or not on the PATH."""

    exit_code = 30


class LanguageMissing(KehoachError):
    """Tesseract is there, its Vietnamese model is not."""

    exit_code = 31


class DamagedCorrections(KehoachError):
    """The file of corrections beside a plan cannot be understood; it is never overwritten."""

    exit_code = 42


class CannotWrite(KehoachError):
    """The output folder or file cannot be written."""

    exit_code = 50


class CannotServe(KehoachError):
    """The web page cannot be served: its packages are missing, or the address is taken."""

    exit_code = 54


class ArchiveBusy(KehoachError):
    """Another run works on the same output folder."""

    exit_code = 51


class OtherArchive(KehoachError):
    """The output folder belongs to other folders, or its ledger is of another version."""

    exit_code = 52


class NoCluster(KehoachError):
    """Dask is not installed, its scheduler cannot be reached or has gone."""

    exit_code = 53
