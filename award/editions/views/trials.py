"""The doors of trying out: beginning, looking, ending; and what keeps a trial to its own people."""

from flask import abort, flash, g, render_template, request, url_for
from flask_babel import gettext as _

from award import jobs
from award.doors import deed
from award.editions import operations
from award.editions.permissions import can_try
from award.editions.queries import capacity, edition_by_slug, trial_of, with_rules
from award.editions.trials import FILL, UNTIL, is_trial_slug
from award.editions.views.calendar import acts
from award.editions.views.doors import Answer, blueprint, edition_in_setup, in_the_way
from award.features import installed
from award.messages import withheld
from award.people.signin import current_person, sign_in_required
from award.verdicts import require


@blueprint.before_app_request
def _a_trial_is_for_its_people() -> None:
    """Whoever holds no role in it learns nothing of a trial; and nothing done in one writes a letter."""
    slug = (request.view_args or {}).get("slug", "")
    if not is_trial_slug(slug):
        return
    edition = edition_by_slug(slug)
    if edition is None or not capacity(current_person(), edition).roles:
        abort(404)
    g.letters_withheld = withheld.begin()


@blueprint.teardown_app_request
def _letters_again(_fault: BaseException | None) -> None:
    if (token := g.pop("letters_withheld", None)) is not None:
        withheld.end(token)


@blueprint.get("/<slug>/thiet-lap/chay-thu")
@sign_in_required
def trial(slug: str) -> Answer:
    edition, by = edition_in_setup(slug)
    verdict = can_try(by, edition)
    running = trial_of(edition.id)
    step = acts(with_rules(running.id), by) if running else None
    return render_template(
        "editions/setup/trial.html",
        edition=edition,
        trial=running,
        filling=running is not None and any(a["edition_id"] == running.id for a in jobs.unfinished(FILL)),
        figures=_figures(running.id) if running else [],
        step=step,
        obstacles=in_the_way(edition, "open_entries", None) if running is None else [],
        refused=None if verdict else str(verdict.sentence),
    )


@blueprint.post("/<slug>/thiet-lap/chay-thu")
@sign_in_required
def try_out(slug: str) -> Answer:
    """Begins a trial, or with `act` "end" ends it."""
    edition, by = edition_in_setup(slug)
    require(can_try(by, edition))
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        if request.form.get("act") == "end":
            operations.end_trial(actor_id=by.person_id, edition=edition)
            done.after(lambda: flash(_("Đã xóa hết dữ liệu chạy thử."), "ok"))
        else:
            until = request.form.get("until", "")
            operations.begin_trial(by=by, edition=edition, until=until if until in UNTIL else UNTIL[0])
            done.after(lambda: flash(_("Đã bắt đầu chạy thử. Tác phẩm giả định đang được tạo."), "ok"))
        return done(url_for("editions.trial", slug=slug))


def _figures(edition_id: int) -> list[tuple[str, int]]:
    return [figure for room in installed() if room.figures for figure in room.figures(edition_id)]
