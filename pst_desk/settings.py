"""Settings of the project. Values that differ between machines come from the environment or from `.env`.

Safe without configuration: DEBUG is false, and without SECRET_KEY the desk does not start.
"""

import os
import ssl
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from kombu.entity import Queue

from pst_desk.timetable import TIMETABLE

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# lxml comes with pyHanko. With it, openpyxl would read a stranger's XML without defusedxml.
os.environ["OPENPYXL_LXML"] = "False"

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
"""The folder of everything that the running desk writes: database, files, mails, queue. Back it up."""

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing: run `make run`, or put a random one in .env or the environment.")
DATA_KEYS = env.list("DATA_KEYS", default=[])  # the first is used; a newer one goes before the older ones
if any(len(key) < 32 for key in DATA_KEYS):
    raise ImproperlyConfigured("Each key of DATA_KEYS has 32 signs or more.")
DATA_KEYS = DATA_KEYS or [SECRET_KEY]
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# An office behind HTTPS sets HTTPS=1: secure cookies, redirect, HSTS. Off by default so that the embedded desk opens
# on http://localhost. `check --deploy` is run with it on (tests/test_deploy.py).
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "office.errors.csrf_failure"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one working day

INSTALLED_APPS = [
    "office",
    "guestbook",
    "recommendations",
    "complaints",
    "ratings",
    "reports",
    "pst_desk",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "django.forms",  # FORM_RENDERER finds its templates through it
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_include_bootstrap",
]

MIDDLEWARE = [
    "guestbook.live.unchanged_first",  # first, because fifty screens ask every second
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "office.middleware.no_body_for_head",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "office.last_seen.note_use",
    "office.last_seen.keep_no_copy",
    "office.middleware.no_lost_save",
    "office.middleware.refuse_unreadable",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "office.middleware.must_change_password",
    "office.middleware.must_add_second_factor",
    "office.idle_lock.stay_locked",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "office.middleware.RefuseWhileClockIsBehind",
]

ROOT_URLCONF = "pst_desk.urls"
WSGI_APPLICATION = "pst_desk.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "office.context.office",
                "office.context.password_again",
                "recommendations.context.letters_waiting",
                "complaints.context.complaints_waiting",
                "reports.context.system_is_ill",
            ],
            "builtins": ["django.templatetags.static", "office.templatetags.desk"],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # of each process alone

# The default is one SQLite file in WAL mode. A writing transaction takes the lock at its start, so that two of them
# cannot deadlock. An office sets DATABASE_URL=postgres://...
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'pst-desk.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60  # opening a connection costs more than a board's request
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "office.User"
LOGIN_URL = reverse_lazy("login")
LOGIN_REDIRECT_URL = reverse_lazy("office:home")
LOGOUT_REDIRECT_URL = reverse_lazy("login")
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses before a password is looked at
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "office.lock_out.PauseHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(days=1)  # after a day without a wrong try they are forgotten; the pauses are in lock_out
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "office.lock_out.account_key"
AXES_CLIENT_IP_CALLABLE = "office.lock_out.no_address"
AXES_SENSITIVE_PARAMETERS = ["username"]  # some people type their password there
AXES_RESET_ON_SUCCESS, AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = True, False
AXES_ENABLE_ACCESS_FAILURE_LOG, AXES_DISABLE_ACCESS_LOG = True, True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # the sign-in form says the pause in words, in the place of the middleware
    "axes.W006",  # an office shares one address
]
PASSWORD_HASHERS = [
    "office.hashers.OfficeArgon2",  # an older hash is renewed at the next sign-in
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "office.password_rules.NotThePresentPassword"},
]
SECOND_FACTOR_REQUIRED = env.list("SECOND_FACTOR_REQUIRED", default=["kepala", "admin"] if HTTPS else [])  # roles
TEMPORARY_PASSWORD_HOURS = env.int("TEMPORARY_PASSWORD_HOURS", default=72)  # how long one set by another can be used
IDLE_LOCK_MINUTES = env.int("IDLE_LOCK_MINUTES", default=15)  # without a key or a touch; 0: never
PROOF_MINUTES = env.int(
    "PROOF_MINUTES", default=15
)  # for which a typed password counts before a final act; 0: it is not asked again

# One language; the office's day begins at its own midnight (BPS Kota Banjarmasin: WITA).
LANGUAGE_CODE = "id"
TIME_ZONE = env.str("OFFICE_TIME_ZONE", default="Asia/Makassar")
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "files"  # outside the web root: every file leaves through a view that checks permission
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # the only ones that pages name; compressing both took twice as long
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # even the largest upload stays in memory until it is saved
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # FS3 4.2 with 200 variables of four columns

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    },
}

# Mails of the embedded desk are files in var/mail/. An office sets EMAIL_URL=smtp+tls://user:password@host:587
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}")
vars().update({name: value for name, value in EMAIL_CONFIG.items() if name.startswith("EMAIL_")})
EMAIL_FILE_PATH = EMAIL_CONFIG["EMAIL_FILE_PATH"] or str(VAR_DIR / "mail")
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith(".smtp.EmailBackend"):
    EMAIL_BACKEND = "office.mail_server.Backend"  # tells a lost answer from a refusal
EMAIL_TIMEOUT = 30  # seconds for each answer of the mail server
MAIL_FROM = env.str("MAIL_FROM", default="")  # empty: the address in the office's profile
MAIL_TEXT_DAYS = env.int("MAIL_TEXT_DAYS", default=30)  # how long a sent mail keeps its text and its attachment

# The signing service inside the office's network (BSrE Esign Client), and the certificate file for trials
ESIGN_URL = env.str("ESIGN_URL", default="")
ESIGN_USER, ESIGN_PASSWORD = env.str("ESIGN_USER", default=""), env.str("ESIGN_PASSWORD", default="")
ESIGN_VERSION = env.str("ESIGN_VERSION", default="v2")
SIGNING_P12 = env.str("SIGNING_P12", default="")

# The queue only makes work prompt: the database says what is owed, and `catch_up` finds what a dead worker left.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", default="pst-desk")
FILES_QUEUE = f"{CELERY_TASK_DEFAULT_QUEUE}-files"  # files of strangers: a worker takes one when nothing else waits
CELERY_TASK_QUEUES = [Queue(CELERY_TASK_DEFAULT_QUEUE), Queue(FILES_QUEUE, routing_key=FILES_QUEUE)]  # type: ignore[no-untyped-call]  # Kombu brings no types
CELERY_TASK_ROUTES = {
    f"recommendations.tasks.{task}": {"queue": FILES_QUEUE} for task in ("draw_attachment", "draw_copy", "draw_opinion")
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a worker that dies gives its task back (Redis); tasks are idempotent
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = TIME_ZONE
REDIS_OPTIONS: dict[str, object] = {
    "socket_connect_timeout": 1,  # seconds: a person waits while a task is sent
    "socket_timeout": 2,  # more than the second for which an idle worker asks Redis to wait
    "queue_order_strategy": "priority",  # a worker takes from the queues in the order of CELERY_TASK_QUEUES
    "max_retries": 0,  # `office.nudges` does not try twice; worker and clock have their own patience
}
"""How a connection to Redis ends when Redis does not answer."""
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # worker and clock wait for their broker as long as it takes
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT = "pst_desk.embedded_broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "queue"),
        "control_folder": str(VAR_DIR / "queue" / "control"),
        "polling_interval": 0.2,  # seconds; reading a folder is cheap, and a person waits for the letter
    }
elif CELERY_BROKER_URL.startswith(("redis:", "rediss:")):
    CELERY_BROKER_TRANSPORT = "pst_desk.office_broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_OPTIONS
    if CELERY_BROKER_URL.startswith("rediss:"):  # Kombu would accept any certificate
        CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": ssl.CERT_REQUIRED}
else:  # Kombu would read redis+tls://, and write to a Redis on this machine without TLS
    raise ImproperlyConfigured("CELERY_BROKER_URL begins with filesystem:, redis: or rediss:.")
CATCH_UP_AT_START = env.bool("CATCH_UP_AT_START", default=True)
CELERY_BEAT_SCHEDULER = "pst_desk.clock:Beat"
CELERY_BEAT_SCHEDULE = TIMETABLE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
