"""Deploy: the last green build becomes what a host shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from ssg.build.manifest import UNSURE, Manifest
from ssg.deploy.former import Former, sweep
from ssg.deploy.guards import guards
from ssg.deploy.hold import holding
from ssg.deploy.kinds import in_order, kind_of
from ssg.deploy.order import UNSETTLED, Order, Proposal, Report
from ssg.deploy.plan import Plan, make_plan
from ssg.deploy.recording import record, stories_of, vanishing
from ssg.deploy.release import Release, release_id, write_record
from ssg.deploy.snapshot import Snapshot, take_snapshot
from ssg.deploy.standing import Standing, look_at
from ssg.deploy.targets import Keeper, Parcel, Shipment, Target
from ssg.deploy.targets.doors import open_target
from ssg.deploy.telling import tell_others
from ssg.deploy.verify import not_live
from ssg.faults import Fault, Halt, Place, errors


@dataclass(frozen=True, slots=True)
class Draft:
    """A release, what the host holds, the way from one to the other, and what is wrong with it."""

    snapshot: Snapshot
    release: Release
    standing: Standing
    plan: Plan
    faults: tuple[Fault, ...]


def deploy(order: Order) -> Report:
    """Publishes the last build. Raises `Halt` with every reason why not."""
    with holding(order.site) as alone:
        report = _deploy(order)
        if report.done and alone():
            sweep(order.site)
        return report


def _deploy(order: Order) -> Report:
    snapshot, manifest = take_snapshot(order.site)
    target = open_target(order.destination, order.site)
    former = Former(order.site, order.destination.name)
    if order.dry_run:
        draft = _draft(order, snapshot, manifest, target, former)
        return Report(shown=target.shown, plan=draft.plan, faults=draft.faults)
    with target.lock(broken=order.break_lock):
        draft = _draft(order, snapshot, manifest, target, former)
        if errors(draft.faults):
            raise Halt(draft.faults)
        report = Report(shown=target.shown, plan=draft.plan, faults=draft.faults)
        if not draft.plan.is_idle and not order.confirm(_proposal(draft, target)):
            return report
        if order.adopt:
            target.adopt()
            draft = _draft(order, snapshot, manifest, target, former)
        report = _publish(order, draft, target, former)
        record(order, manifest)
    if report.done and not order.is_rehearsal:
        return replace(report, faults=(*report.faults, *tell_others(report.plan, order.config)))
    return report


def _proposal(draft: Draft, target: Target) -> Proposal:
    return Proposal(
        shown=target.shown,
        plan=draft.plan,
        faults=draft.faults,
        can_switch=target.can_switch,
        can_roll_back=isinstance(target, Keeper),
    )


def _draft(
    order: Order, snapshot: Snapshot, manifest: Manifest, target: Target, former: Former
) -> Draft:
    standing = look_at(target, former.paths(), adopt=order.adopt)
    live = standing.release
    plan = make_plan(
        standing.ours,
        snapshot.files,
        now=order.now,
        leaving=live.leaving if live else None,
        grace=timedelta(hours=order.destination.grace),
        foreign=standing.foreign,
        are_ours=order.destination.ours,
    )
    release = Release(
        id=release_id(order.now, snapshot.files),
        base_url=order.config.base_url,
        files=snapshot.files,
        leaving=plan.leaving,
        stories=stories_of(manifest),
        follows=live.id if live else _last_sent(target, former),
    )
    faults = (
        *_not_green(manifest, order),
        *_unsettled(manifest, order),
        *vanishing(order, manifest),
        *standing.faults,
        *_in_the_way(plan, target),
        *guards(plan, release, standing, order.allowed),
    )
    return Draft(snapshot, release, standing, plan, faults)


def _last_sent(target: Target, former: Former) -> str | None:
    """What an archive that is handed on takes the place of, which tells nothing itself."""
    last = None if isinstance(target, Keeper) else former.last()
    return last.id if last else None


def _publish(order: Order, draft: Draft, target: Target, former: Former) -> Report:
    plan, release = draft.plan, draft.release
    live = draft.standing.release
    if plan.is_idle and live is not None and not draft.standing.faults:
        return Report(shown=target.shown, plan=plan, release=live.id, faults=draft.faults)
    counted, total = 0, len(plan.sent)

    def tell(_: str) -> None:
        nonlocal counted
        counted += 1
        order.progress(counted, total)

    former.begin(release)
    target.publish(shipment(draft), tell)
    if order.destination.verify:
        _verify(order, draft, target)
    former.add(release, order.destination.keep)
    if isinstance(target, Keeper):
        target.forget(_too_old(target, release.id, order.destination.keep))
    return Report(shown=target.shown, plan=plan, release=release.id, done=True, faults=draft.faults)


def _verify(order: Order, draft: Draft, target: Target) -> None:
    """Raises `Halt` where readers do not get what was sent; then the former release is live again,
    on hosts that keep it.
    """
    missing = not_live(draft.plan.sent, draft.release.files, order.address, order.waits)
    if not missing:
        return
    live = draft.standing.release
    message = f"{len(missing)} addresses do not give what was sent: {_some(missing)}"
    hint = "does the host serve this place, and is nothing on the way that changes pages?"
    if live is not None and isinstance(target, Keeper):
        target.switch_back(live.id, write_record(live), draft.plan.foreign)
        message += "; the former release is live again"
    raise Halt((Fault("E865", message, None, hint),))


def shipment(draft: Draft) -> Shipment:
    """What an adapter is given to make a release live."""
    plan, snapshot = draft.plan, draft.snapshot
    groups = tuple(
        tuple(Parcel(p, snapshot.file(p), snapshot.files[p], kind_of(p)) for p in paths)
        for paths in in_order(plan.sent)
    )
    return Shipment(
        id=draft.release.id,
        record=write_record(draft.release),
        interim=partial(_interim, draft),
        groups=groups,
        kept=frozenset((*plan.unchanged, *plan.leaving, *plan.foreign)),
        first=plan.first,
        removed=tuple(sorted(plan.deleted.keys() - set(plan.first))),
    )


def _interim(draft: Draft, arrived: Collection[str]) -> bytes:
    """The record of a host on the way: of what is being touched nobody knows the bytes."""
    plan, live = draft.plan, draft.standing.release
    before = {path: e for path, e in draft.standing.ours.items() if path not in plan.leaving}
    touched = dict.fromkeys((*plan.sent, *plan.deleted), UNSURE)
    there = {path: draft.release.files[path] for path in arrived}
    return write_record(
        Release(
            id=live.id if live else draft.release.id,
            base_url=live.base_url if live else draft.release.base_url,
            files={**before, **touched, **there},
            leaving=plan.leaving,
            stories=live.stories if live else {},
            follows=live.follows if live else None,
        )
    )


def _too_old(target: Keeper, live: str, keep: int) -> list[str]:
    """The releases on a host that nobody will go back to."""
    return [name for name in sorted(target.history())[:-keep] if name != live]


def _not_green(manifest: Manifest, order: Order) -> Iterable[Fault]:
    """Why the last build is not one to publish."""
    if manifest.held:
        message = f"the last build shows what readers do not see yet: {_some(manifest.held)}"
        hint = "build without --drafts and --future, then deploy"
        yield Fault("E852", message, None, hint)
    if manifest.quarantined and not order.allow_quarantined:
        message = f"files were left out of the last build: {_some(manifest.quarantined)}"
        hint = "mend them and build again; --allow-quarantined publishes their last good state"
        yield Fault("E853", message, None, hint)


def _unsettled(manifest: Manifest, order: Order) -> Iterable[Fault]:
    """The guesses that would be published: to be asked about, or a stop where the site says so."""
    code = "E854" if order.config.require_settled else UNSETTLED
    for path, names in manifest.guessed.items():
        message = f"{', '.join(names)}: guessed, and nobody has looked"
        hint = "put it right, or take the name out of ingest › guessed where it is right"
        yield Fault(code, message, Place(path), hint)


def _in_the_way(plan: Plan, target: Target) -> Iterable[Fault]:
    if plan.taken:
        message = f"files on {target.shown} are in the way and not ours: {_some(plan.taken)}"
        hint = "move them away, or --adopt to treat all that is there as ours"
        yield Fault("E857", message, None, hint)


def _some(paths: Collection[str]) -> str:
    shown = sorted(paths)[:5]
    more = len(paths) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
