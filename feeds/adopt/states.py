"""The state of an article as its published entry shows it: corrected, withdrawn, or gone. Pure."""

from __future__ import annotations

from dataclasses import replace

from feeds.adopt.corrections import History
from feeds.adopt.matching import Match
from feeds.adopt.records import OldArticle
from feeds.config import Config
from feeds.dates.instants import DAY, MINUTE
from feeds.store import Identity
from feeds.text import Catalogue


def restore_state(identity: Identity, match: Match, history: History, config: Config, catalogue: Catalogue) -> Identity:
    """The article with its nudge, or its last correction, or its withdrawal, as the published `updated` shows."""
    old = match.old
    notice = config.feeds.notice_days * DAY
    if old.deleted is not None:
        order = identity.order if identity.withdrawn is not None else "withdraw"
        withdrawn, file = old.deleted - notice, match.ours.seed
        return replace(identity, order=order, withdrawn=withdrawn, buried=old.deleted, nudge=0, file=file)
    if old.updated is None:
        return identity
    corrected = history.corrected
    identity = replace(identity, resumed=history.resumed, reasons={**identity.reasons, **history.reasons})
    titles = (catalogue.say("withdrawn_title"), catalogue.say("entry_withdrawn_title", headline=match.ours.headline))
    reason = read_notice(old, catalogue)
    if reason is not None and (old.title in titles or identity.withdrawn is not None):
        withdrawn = history.withdrawn if history.withdrawn is not None else old.updated
        nudge = max(0, old.updated - withdrawn)
        if identity.withdrawn is not None:
            # Its front matter says so, and gives the reason, which a first ingest takes for that of the publication.
            told = {at: text for at, text in identity.reasons.items() if at != identity.withdrawn}
            if identity.reason is not None:
                told[withdrawn] = identity.reason
            return replace(identity, corrected=corrected, withdrawn=withdrawn, nudge=nudge, reasons=told)
        return replace(
            identity,
            corrected=corrected,
            order="withdraw",
            reason=reason or None,
            withdrawn=withdrawn,
            nudge=nudge,
            file=match.ours.seed,
        )
    late = old.updated - max(match.ours.updated, *corrected, 0)
    if 0 <= late < MINUTE:
        identity = replace(identity, corrected=corrected, nudge=late)
    elif late < 0:
        identity = replace(identity, corrected=corrected)
    else:
        identity = replace(identity, corrected=(*corrected, old.updated), nudge=0)
    return _move_reason(identity)


def _move_reason(identity: Identity) -> Identity:
    """The corrected article with the reason in its file as that of the last correction, unless a feed told otherwise.

    The file alone doesn't say what it gave the reason for: a first ingest takes it for that of the publication.
    """
    corrected = [at for at in identity.corrected if at not in identity.resumed]
    reason = identity.reasons.get(identity.seen)
    if reason is None or not corrected:
        return identity
    told = {at: text for at, text in identity.reasons.items() if at != identity.seen}
    if corrected[-1] not in told and reason not in told.values():
        told[corrected[-1]] = reason
    return replace(identity, reasons=told)


def restore_notice(identity: Identity, old: OldArticle, history: History, catalogue: Catalogue) -> Identity:
    """An article without a file, withdrawn if its entry is a notice of that; any other stays as it is."""
    is_titled = old.title == catalogue.say("withdrawn_title") or old.title.startswith(find_notice_prefix(catalogue))
    reason = read_notice(old, catalogue) if is_titled else None
    if reason is None or old.updated is None:
        return identity
    withdrawn = history.withdrawn if history.withdrawn is not None else old.updated
    return replace(
        identity,
        corrected=history.corrected,
        order="withdraw",
        reason=reason or None,
        withdrawn=withdrawn,
        nudge=max(0, old.updated - withdrawn),
        published=old.published,
    )


def read_notice(old: OldArticle, catalogue: Catalogue) -> str | None:
    """The reason in a notice of a withdrawal, empty where it has none; None where the entry is no notice."""
    said = catalogue.say("entry_withdrawn_summary")
    if not old.text.startswith(said):
        return None
    before, _, after = catalogue.say("entry_withdrawn_reason", reason="\0").partition("\0")
    return old.text.removeprefix(said).strip().removeprefix(before).removesuffix(after)


def find_notice_prefix(catalogue: Catalogue) -> str:
    """The text before the headline in the title of a notice of withdrawal."""
    return catalogue.say("entry_withdrawn_title", headline="\0").partition("\0")[0]
