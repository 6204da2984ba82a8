"""Going back: a former release is live again, and its bytes are read before it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from ssg.deploy.deploying import Draft, shipment
from ssg.deploy.former import Former
from ssg.deploy.hold import holding
from ssg.deploy.order import Order, Proposal, Report
from ssg.deploy.plan import Plan, make_plan
from ssg.deploy.release import Release, read_record, write_record
from ssg.deploy.snapshot import Snapshot, blobs_of
from ssg.deploy.standing import Standing, look_at
from ssg.deploy.targets import Keeper, Target
from ssg.deploy.targets.doors import open_target
from ssg.deploy.verify import not_live
from ssg.faults import Fault, Halt

_SHOWN = 5


def history(order: Order) -> tuple[tuple[Release, ...], str | None]:
    """The releases that can be gone back to, newest first, and the id of the live one."""
    target = open_target(order.destination, order.site)
    kept = _kept(target, Former(order.site, order.destination.name))
    return tuple(reversed([*kept.values()])), _live(target)


def roll_back(order: Order, to: str | None = None) -> Report:
    """Makes the release that the live one took the place of, or the one named, live again.

    Raises `Halt` where there is none (E866), or where its files are not what they were (E867).
    """
    target = open_target(order.destination, order.site)
    former = Former(order.site, order.destination.name)
    with holding(order.site), target.lock(broken=order.break_lock):
        standing = look_at(target, former.paths())
        kept = _kept(target, former)
        live = standing.release or (None if isinstance(target, Keeper) else former.last())
        release = _chosen(kept, live, to, target)
        draft = _draft(order, standing, release)
        _refuse_damaged(target, draft)
        report = Report(shown=target.shown, plan=draft.plan, faults=standing.faults)
        proposal = Proposal(
            shown=target.shown,
            plan=draft.plan,
            faults=standing.faults,
            can_switch=target.can_switch,
            can_roll_back=isinstance(target, Keeper),
        )
        if order.dry_run or not order.confirm(proposal):
            return report
        if isinstance(target, Keeper):
            staying = (*draft.plan.leaving, *draft.plan.foreign)
            target.switch_back(release.id, write_record(draft.release), staying)
        else:
            target.publish(shipment(draft), lambda _: None)
        _verify(order, draft)
        return replace(report, release=release.id, done=True)


def _verify(order: Order, draft: Draft) -> None:
    """Raises `Halt` where readers do not get what is live again."""
    if not order.destination.verify:
        return
    if missing := not_live(draft.plan.sent, draft.release.files, order.address, order.waits):
        shown = ", ".join(missing[:_SHOWN])
        message = f"{len(missing)} addresses do not give what is live again: {shown}"
        hint = "does the host serve this place, and is nothing on the way that changes pages?"
        raise Halt((Fault("E865", message, None, hint),))


def _kept(target: Target, former: Former) -> Mapping[str, Release]:
    """The releases that are kept, by id, the oldest first."""
    if not isinstance(target, Keeper):
        return former.releases()
    records = target.history()
    found = {name: read_record(records[name]) for name in sorted(records)}
    return {name: release for name, release in found.items() if release is not None}


def _live(target: Target) -> str | None:
    data = target.record()
    release = read_record(data) if data is not None else None
    return release.id if release else None


def _chosen(
    kept: Mapping[str, Release], live: Release | None, to: str | None, target: Target
) -> Release:
    name = to or (live.follows if live else None)
    if name is None:
        message = f"no release on {target.shown} is known to have been live before this one"
        raise Halt((Fault("E866", message, None, "ssg deploy --history lists what is kept"),))
    if name not in kept:
        message = f"the release {name} is not kept any more"
        if not isinstance(target, Keeper):
            message = f"the release {name} is not kept on this machine"
        raise Halt((Fault("E866", message, None, "ssg deploy --history lists what is kept"),))
    if live is not None and name == live.id:
        raise Halt((Fault("E866", f"the release {name} is the one that is live"),))
    return kept[name]


def _draft(order: Order, standing: Standing, release: Release) -> Draft:
    """The way back; nothing is asked of it but that it be whole."""
    live = standing.release
    plan = make_plan(
        standing.ours,
        release.files,
        now=order.now,
        leaving=live.leaving if live else None,
        grace=timedelta(hours=order.destination.grace),
        foreign=standing.foreign,
    )
    back = Release(
        id=release.id,
        base_url=release.base_url,
        files=release.files,
        leaving=plan.leaving,
        stories=release.stories,
        follows=release.follows,
    )
    snapshot = Snapshot(release.files, blobs_of(order.site))
    return Draft(snapshot, back, standing, plan, ())


def _refuse_damaged(target: Target, draft: Draft) -> None:
    release = draft.release
    if isinstance(target, Keeper):
        damaged = target.differing(release.id, release.files)
    else:
        damaged = _missing(draft.snapshot, draft.plan)
    if damaged:
        shown = ", ".join(damaged[:_SHOWN])
        message = (
            f"{len(damaged)} files of the release {release.id} are not what they were: {shown}"
        )
        hint = "another release may be whole: ssg deploy --history lists them"
        raise Halt((Fault("E867", message, None, hint),))


def _missing(snapshot: Snapshot, plan: Plan) -> tuple[str, ...]:
    return tuple(p for p in plan.sent if not snapshot.blobs.holds(snapshot.files[p]))
