"""The only file that knows every room: settings, extensions, the tuple of features, headers, error pages."""

# ruff: noqa: E402 (what is loaded here stays: to look through it for garbage took a third of each start and end)
import gc

gc.disable()

import hashlib
import os
import secrets
import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask, Response, g, has_request_context, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError, CSRFProtect
from markupsafe import Markup
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as BaseResponse

import config
import migrations
from award import compression, dates, db, doors, house_key, jobs, journal, languages, sealed
from award.api import problems
from award.api.feature import feature as api
from award.application import Application
from award.archive.feature import feature as archive
from award.arrival import Arrivals
from award.calendars.feature import feature as calendars
from award.cases.feature import feature as cases
from award.ceremony.feature import feature as ceremony
from award.desk.feature import feature as desk
from award.documents import answers
from award.editions.feature import feature as editions
from award.entries.feature import feature as entries
from award.features import Feature
from award.files.feature import feature as files
from award.forwarded import Forwarded
from award.history.feature import feature as history
from award.intake.feature import feature as intake
from award.issued.feature import feature as issued
from award.issued.files import Differs
from award.letters.feature import feature as letters
from award.log import checkpoints
from award.log.commands import log
from award.messages.feature import feature as messages
from award.newsrooms.feature import feature as newsrooms
from award.nominations.feature import feature as nominations
from award.opinions.feature import feature as opinions
from award.oversight.feature import feature as oversight
from award.payments.feature import feature as payments
from award.people.feature import feature as people
from award.people.sessions import ServerSessions, refuse_unread
from award.privacy.feature import feature as privacy
from award.reports.feature import feature as reports
from award.results.feature import feature as results
from award.screening.feature import feature as screening
from award.typed import TypedRequest
from award.verdicts import Refused
from demonstration import anew, building, cast, trial
from demonstration.doors import blueprint as doors_of_trial
from demonstration.seed import seed
from judging.calibration.feature import feature as calibration
from judging.council.feature import feature as council
from judging.panels.feature import feature as panels
from judging.proof.feature import feature as proof
from judging.ranking.feature import feature as ranking
from judging.scoring.feature import feature as scoring
from judging.sittings.feature import feature as sittings
from judging.viewings.feature import feature as viewings

FEATURES: tuple[Feature, ...] = (
    messages,
    people,
    files,
    editions,
    letters,
    calendars,
    issued,
    history,
    entries,
    newsrooms,
    intake,
    screening,
    opinions,
    results,
    cases,
    ceremony,
    payments,
    nominations,
    reports,
    panels,
    scoring,
    calibration,
    viewings,
    ranking,
    council,
    sittings,
    oversight,
    proof,
    privacy,
    api,
    archive,
    desk,
)

gc.freeze()
gc.enable()

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
STATIC = Path(__file__).parent / "award" / "static"


def _from_environment() -> config.Settings:
    """What the environment says. Where a command asks, its faults are sentences on the console, without a trace."""
    try:
        return config.read(os.environ)
    except config.ConfigurationError as reason:
        if click.get_current_context(silent=True) is None:
            raise
        raise click.ClickException("\n".join(f"- {each}" for each in reason.faults)) from reason


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application for `settings`, or for the environment it stands in."""
    settings = settings or _from_environment()
    app = Application("award", static_folder=str(STATIC), template_folder=str(Path(__file__).parent / "templates"))
    app.request_class = TypedRequest
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SERVER_NAME=None,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        SESSION_COOKIE_NAME="__Host-giai" if settings.secure_cookies else "giai",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        SECURITY_TOTP_SECRETS={"1": hashlib.sha256(b"totp" + settings.secret_key.encode()).hexdigest()},
        SECURITY_PASSWORD_SALT=hashlib.sha256(b"salt" + settings.secret_key.encode()).hexdigest(),
        SECURITY_TWO_FACTOR_VALIDITY_COOKIE={"httponly": True, "secure": settings.secure_cookies, "samesite": "Strict"},
    )
    arrivals = Arrivals(app.wsgi_app, app.config["MAX_CONTENT_LENGTH"])
    app.wsgi_app = Forwarded(arrivals, settings.trusted_proxies)  # type: ignore[method-assign]
    app.extensions["settings"] = settings
    engine = db.connect(settings.database_url)
    app.extensions["engine"] = engine
    app.session_interface = ServerSessions(engine)
    journal.install(app)
    app.before_request(refuse_unread)
    compression.install(app)
    languages.install(app)
    CSRFProtect(app)

    @app.teardown_appcontext
    def _end_session(_: BaseException | None) -> None:
        db.session.remove()

    app.extensions["features"] = FEATURES
    for feature in FEATURES:
        if feature.install is not None:
            feature.install(app)
        if feature.blueprint is not None:
            app.register_blueprint(feature.blueprint)
        for command in feature.commands:
            app.cli.add_command(command)
    app.extensions["demonstration_accounts"] = cast.accounts
    app.extensions["fill_trial"] = trial.fill
    if settings.demonstration:
        app.register_blueprint(doors_of_trial)
    jobs.install(app)
    sealed.install(settings.secret_key)
    house_key.install(settings.secret_key)
    checkpoints.install(urlsplit(settings.base_url).hostname or "", settings.secret_key)
    _add_commands(app, settings)
    _add_page_language(app, settings)
    _add_headers(app, settings)
    _add_error_pages(app)
    return app


def _add_commands(app: Flask, settings: config.Settings) -> None:
    @app.cli.command("migrate")
    def migrate() -> None:
        """Bring the database up to the present schema."""
        migrations.upgrade(settings.database_owner_url)

    app.cli.add_command(seed)
    app.cli.add_command(log)
    app.cli.add_command(anew.command)

    @app.cli.command("worker")
    @click.option("--once", is_flag=True, help="Stop when no job is due.")
    def worker(once: bool) -> None:
        """Run background jobs."""
        jobs.work(settings.database_url, wait=not once)


@lru_cache(maxsize=512)
def _version(path: str, stamp: int) -> str:  # noqa: ARG001
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]


def static_address(path: str) -> str:
    """The address of a file below award/static, changing with its content so that browsers may keep it for a year."""
    try:
        stamp = (STATIC / path).stat().st_mtime_ns
    except FileNotFoundError:
        stamp = 0
    return url_for("static", filename=path, v=_version(path, stamp))


def _add_page_language(app: Flask, settings: config.Settings) -> None:
    def deed_key() -> Markup:
        return Markup('<input type="hidden" name="deed_key" value="{}">').format(secrets.token_urlsafe(18))

    @app.context_processor
    def _names() -> dict[str, Any]:
        from award.desk.masthead import masthead, masthead_alone

        if not has_request_context():  # a letter has no masthead
            return {}
        return {
            "static": static_address,
            "deed_key": deed_key,
            "demonstration": settings.demonstration,
            "still_made": building.still_made,
            "locale": languages.spoken(),
            **(masthead_alone() if g.get("alone") else masthead()),
        }

    app.jinja_env.filters.update(
        vn_date=dates.day,
        vn_long_date=dates.long_day,
        vn_datetime=dates.moment,
        vn_saved=dates.saved_moment,
        vn_time=dates.time,
        vn_seconds=dates.time_with_seconds,
        vn_receipt=dates.receipt_moment,
        vn_deadline=dates.deadline_moment,
        vn_number=dates.number,
        vn_size=dates.size,
        vn_length=dates.length,
    )
    app.jinja_env.globals["take_address"] = answers.take_address
    app.jinja_env.globals["example_day"] = dates.example_day
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _add_headers(app: Flask, settings: config.Settings) -> None:
    scheme = "https" if settings.s3_secure else "http"
    sent_to = f"{scheme}://{settings.s3_public_endpoint}"
    read_from = f"{scheme}://{settings.s3_read_endpoint}" if settings.s3_read_endpoint else sent_to
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            # blob: a file that was chosen and is looked at before it is sent
            f"img-src 'self' data: blob: {read_from}",
            f"media-src 'self' blob: {read_from}",
            "connect-src 'self' " + " ".join(sorted({sent_to, read_from})),
            "font-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
            "manifest-src 'self'",
        )
    )

    @app.before_request
    def _same_site_only() -> None:
        if request.method in {"POST", "PUT", "PATCH", "DELETE"}:
            origin = request.headers.get("Sec-Fetch-Site", "same-origin")
            if origin not in {"same-origin", "none"}:
                raise CSRFError(gettext("Yêu cầu đến từ một trang khác."))

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if response.status_code == 503:
            headers.setdefault("Retry-After", "120")  # as the page says in words
        if settings.secure_cookies:
            headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        if request.endpoint == "static":
            if "v" in request.args:
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif "Cache-Control" not in headers:
            doors.no_store(response)
        return response


def _add_error_pages(app: Flask) -> None:
    def page(status: int, **words: Any) -> tuple[str, int] | tuple[dict[str, Any], int] | BaseResponse:
        db.session.rollback() if status >= 500 else db.undo()
        reference = g.setdefault("reference", uuid.uuid4().hex[:6].upper())
        if problems.asked():
            return problems.answer(status, reference=reference, **words)
        if doors.wants_json():
            return {"status": status, "reference": reference, **words}, status
        return render_template(f"errors/{status}.html", reference=reference, **words), status

    @app.before_request
    def _readable_address() -> tuple[str, int, dict[str, str]] | BaseResponse | None:
        """An address with a NUL in it names nothing: refused before anybody looks it up, the masthead included."""
        if "\0" not in request.full_path:
            return None
        if problems.asked():
            return problems.answer(400)
        return gettext("Địa chỉ có ký tự không hợp lệ."), 400, PLAIN

    @app.errorhandler(SecurityError)
    def _foreign_host(error: SecurityError) -> Any:  # noqa: ARG001
        """No page can be built for a host that is not ours: each would name that host in its addresses."""
        return gettext("Địa chỉ này không phải của hệ thống."), 400, PLAIN

    @app.errorhandler(DataError)
    def _unheard_of(error: DataError) -> Any:
        """What the database cannot hold at all, such as a NUL in a text or a number of thirty digits, nobody typed."""
        app.logger.info("not a value: %s", type(error.orig).__name__)
        return page(400)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        cause = getattr(error, "original_exception", None)
        if isinstance(cause, OperationalError | PoolTimeout):  # on its way to the page of a fault
            return _database(cause)
        known = code if code in {400, 403, 404, 405, 409, 413, 429} else (500 if code >= 500 else 400)
        return page(known)

    @app.errorhandler(CSRFError)
    def _csrf(error: CSRFError) -> Any:  # noqa: ARG001
        return page(400, sentence=gettext("Trang đã mở quá lâu hoặc đã đăng xuất. Đề nghị tải lại trang rồi gửi lại."))

    @app.errorhandler(Refused)
    def _refused(error: Refused) -> Any:
        return page(403, sentence=str(error.verdict.sentence), code=error.verdict.code)

    @app.errorhandler(doors.AlreadyDone)
    def _twin(error: doors.AlreadyDone) -> BaseResponse:
        from flask import redirect

        return redirect(error.location, code=303)

    @app.errorhandler(doors.KeyReused)
    def _reused(error: doors.KeyReused) -> Any:  # noqa: ARG001
        return page(409, sentence=gettext("Biểu mẫu này đã được gửi với nội dung khác. Đề nghị tải lại trang."))

    @app.errorhandler(StaleDataError)
    def _stale(error: StaleDataError) -> Any:  # noqa: ARG001
        return page(409, sentence=gettext("Nội dung vừa được người khác sửa. Đề nghị tải lại trang để xem bản mới."))

    @app.errorhandler(Differs)
    def _not_as_issued(error: Differs) -> Any:
        """Bytes that are not those that were issued are given to nobody."""
        reference = g.setdefault("reference", uuid.uuid4().hex[:6].upper())
        app.logger.error("the store holds other bytes than those of issued paper %s reference=%s", error, reference)
        words = gettext(
            "Tệp trong kho không còn đúng với văn bản đã ban hành nên không đưa ra. Cần lấy lại từ bản sao lưu."
        )
        return page(500, sentence=words, code="not_as_issued")

    @app.errorhandler(OperationalError)
    @app.errorhandler(PoolTimeout)
    def _database(error: OperationalError | PoolTimeout) -> Any:
        """It is away, it took too long, or a crowd holds every connection: whoever asks again is answered."""
        reference = g.setdefault("reference", uuid.uuid4().hex[:6].upper())
        app.logger.error("database: %s reference=%s", type(error).__name__, reference)
        g.alone = True
        return page(503)

    @app.errorhandler(Exception)
    def _fault(error: Exception) -> Any:
        reference = g.setdefault("reference", uuid.uuid4().hex[:6].upper())
        app.logger.exception("fault reference=%s", reference, exc_info=error)
        try:
            return page(500)
        except Exception as second:  # the fault may lie in what every page is built with
            app.logger.exception("error page reference=%s", reference, exc_info=second)
            return f"Chưa thực hiện được do lỗi của hệ thống. Mã sự cố {reference}.", 500
