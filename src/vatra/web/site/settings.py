"""Settings of the web wing. What differs from place to place comes from the environment:

``VATRA_DATA`` folder of the database and the secret key (default ``.vatra``);
``VATRA_HOSTS`` names the pages are asked under, separated by commas (default this machine only);
``VATRA_SECRET_KEY`` the key itself instead of the one in the folder;
``VATRA_DATABASE_URL`` PostgreSQL instead of SQLite: ``postgres://user:password@host:5432/name``;
``VATRA_HTTPS`` set to 1 behind a proxy that speaks HTTPS and sets ``X-Forwarded-Proto``;
``VATRA_PROXIES`` how many proxies stand in front (default 1 with ``VATRA_HTTPS``, else 0);
``VATRA_LOG`` ``json`` for a line of JSON a request, ``line`` (default) for a terminal;
``VATRA_API_LIMIT``, ``VATRA_API_TOKEN_LIMIT`` requests of the API a minute, without, with a token;
``VATRA_METRICS_FROM`` addresses and networks that may ask for ``/metrics`` (default this machine);
``VATRA_TRUST`` folder with the certificates of issuers whose signatures are trusted (default none).
``VATRA_WORKERS_JOBS`` processes for long work beside ``vatra serve`` (default 1, 0 for none).
Mail is set in ``vatra.web.site.mail``, accounts in ``vatra.web.site.accounts``.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from vatra.web.site.accounts import *  # noqa: F403
from vatra.web.site.address import public_url
from vatra.web.site.database import database
from vatra.web.site.logs import logging_settings
from vatra.web.site.mail import mail_settings
from vatra.web.site.networks import networks
from vatra.web.site.proxies import proxy_count
from vatra.web.site.secret import earlier_keys, secret_key

WEB = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("VATRA_DATA", ".vatra")).resolve()
HTTPS = os.environ.get("VATRA_HTTPS") == "1"
# Whose lines of X-Forwarded-For are believed: vatra.web.base.caller.
PROXIES = proxy_count(os.environ.get("VATRA_PROXIES", ""), HTTPS)

DEBUG = False
SECRET_KEY = secret_key(DATA)
# Keys of before: what they signed and locked still opens until it is renewed.
SECRET_KEY_FALLBACKS = earlier_keys()
ALLOWED_HOSTS = [
    name.strip()
    for name in os.environ.get("VATRA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if name.strip()
]
# For documents, codes and letters; without it pages show no address of their own.
PUBLIC_URL = public_url(os.environ.get("VATRA_URL", ""))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "vatra.web.base",
    "vatra.web.cities",
    # Before allauth: its pages are shown in our templates.
    "vatra.web.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "axes",
    "vatra.web.contracts",
    "vatra.web.lint",
    "vatra.web.pathways",
    "vatra.web.investment",
    "vatra.web.monitoring",
    "vatra.web.blocks",
    "django_tasks",
    "django_tasks_db",
    "vatra.web.workspace",
    "vatra.web.jobs",
    "vatra.web.evidence",
    "vatra.web.editing",
    "vatra.web.drafting",
    "vatra.web.publication",
    "vatra.web.progress",
    "vatra.web.desk",
    "vatra.web.search",
    "vatra.web.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "vatra.web.base.middleware.policies",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vatra.web.ops.middleware.note",
    # Above what compresses: answers are kept as they were sent.
    "vatra.web.cities.kept.keep_pages",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Before sessions: a frame on another site has none.
    "vatra.web.progress.middleware.without_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vatra.web.people.middleware.provider_proof",
    "vatra.web.people.middleware.roles_once",
    "vatra.web.people.sessions.end_old",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vatra.web.base.middleware.language",
    "vatra.web.base.middleware.SayNotReady",
    "vatra.web.people.middleware.keep_language",
    "vatra.web.people.middleware.CityDoor",
    "vatra.web.people.middleware.SayRefused",
    "vatra.web.workspace.preview.Preview",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "vatra.web.site.urls"
WSGI_APPLICATION = "vatra.web.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "vatra.web.base.context.page",
                "vatra.web.people.context.person",
                "vatra.web.workspace.preview.context",
                "vatra.web.desk.context.desk",
                # allauth looks for it; it is lazy, as ours is.
                "django.template.context_processors.request",
            ],
            "builtins": ["vatra.web.base.templatetags.words"],
        },
    }
]

DATABASES = {"default": database(os.environ.get("VATRA_DATABASE_URL", ""), DATA)}
# Long work waits in the database; "at-once" is for tests, which have no worker process.
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend"},
    "at-once": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
}
JOBS_BACKEND = "default"
# Rate limits count in it: one table for all workers and machines, not one memory each.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_sharedcounter",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Texts, numbers and dates are written by vatra.words, in the language the address names.
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/Bucharest"

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
# The package's own files are served where they lie, in the compressed forms the build wrote.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 600
WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
# Lax, so that a link in a letter opens as the person who signed in.
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Whose browser is left open: vatra.web.people.sessions ends what is idle, or a day old.
SESSION_IDLE_SECONDS = 4 * 3600
SESSION_LONGEST_SECONDS = 24 * 3600
CSRF_FAILURE_VIEW = "vatra.web.base.views.csrf_failed"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # Asked from the machine itself, without a proxy in between.
    SECURE_REDIRECT_EXEMPT = ["^(health|ready|metrics)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
    # So named, a browser takes them over HTTPS only, and from no neighbouring host.
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_COOKIE_NAME = "__Host-sessionid"

# A passkey belongs to an origin; browsers take plain HTTP only from this machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
globals().update(mail_settings(DATA))

# A contract is some tens of kilobytes; what is larger is not read to its end.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
# A form with files: the largest, a signed PDF, has 20 MB. Source files have a handler of their own.
FORM_LARGEST_BYTES = 24 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "vatra.web.base.incoming.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "vatra.web.base.incoming.ToData",
]

# Where to report a weakness: mailto:... or https://...; it stands in /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("VATRA_SECURITY_CONTACT", "").strip()
LOGGING = logging_settings(os.environ.get("VATRA_LOG", "line"))
# Requests a minute that the API answers: to an address, and to a token.
API_LIMIT_A_MINUTE = int(os.environ.get("VATRA_API_LIMIT", "120"))
API_TOKEN_LIMIT_A_MINUTE = int(os.environ.get("VATRA_API_TOKEN_LIMIT", "600"))
# Who may ask for metrics: addresses and networks, by default this machine.
METRICS_FROM = networks(os.environ.get("VATRA_METRICS_FROM", "127.0.0.1,::1"))
# Folder with the certificates of issuers that are trusted; none: issuers are not checked.
TRUST = os.environ.get("VATRA_TRUST", "")
SILENCED_SYSTEM_CHECKS: list[str] = []
