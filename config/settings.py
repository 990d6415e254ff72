"""All settings, one file. What differs between machines comes from :mod:`config.env`."""

from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from config.env import BASE_DIR, env
from config.logins import social_providers
from config.logs import logging_config
from config.mail import mail_settings
from config.storage import file_storages

VAR_DIR = env.var_dir
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.debug
DEMO = env.demo
SECRET_KEY = env.secret_key.get_secret_value()
ALLOWED_HOSTS = env.hosts
SITE_URL = env.site_url.rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
OFFICIAL_SITE = env.official_site

# ── apps ────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    *(["demo"] if DEMO else []),
    "cms",
    "impact",
    "incubator",
    "loans",
    "core",
    "core.accounts",
    "core.workflow",
    "core.committees",
    "core.payments",
    "core.notices",
    "core.documents",
    "core.privacy",
    "core.calendar",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "core.accounts.office.apps.OfficeUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rules",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "config.static.StaticFiles",  # django.contrib.staticfiles, without what breaks the manifest
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.security.ContentSecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.LoginReturnMiddleware",
    "core.middleware.ErrorPageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
                "core.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "core.templatetags.ui"],
        },
    }
]

# ── data ────────────────────────────────────────────────────────────────────
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if env.database_url:
    DATABASES: dict[str, Any] = {
        "default": {**dj_database_url.parse(env.database_url, conn_max_age=60), "CONN_HEALTH_CHECKS": True}
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "db.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    }

if env.redis_url:
    CACHES: dict[str, Any] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.redis_url}
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

PRIVATE_ROOT = VAR_DIR / "private"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    BASE_DIR / "assets",
    ("krds", BASE_DIR / "node_modules" / "krds-uiux" / "resources"),
]
STORAGES: dict[str, Any] = {
    **file_storages(env, private_root=PRIVATE_ROOT),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if env.debug or env.demo
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = env.debug or env.demo
if WHITENOISE_USE_FINDERS:
    STATIC_ROOT.mkdir(exist_ok=True)  # nothing is collected there, but WhiteNoise looks
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor needs many
DOCUMENT_MAX_BYTES = 20 * 1024 * 1024

# ── people ──────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_for_user"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "core.accounts.forms.SignupDetails"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env.behind_tls else "http"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nothing is written to who has no account here
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False  # nobody gets an account without having been asked for consent
SOCIALACCOUNT_LOGIN_ON_GET = False  # else any page could begin a login, or connect somebody's own account
SOCIALACCOUNT_PROVIDERS = social_providers(env)

ACCESS_LOG_DAYS = env.access_log_days

# ── language and time ───────────────────────────────────────────────────────
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True

# ── mail ────────────────────────────────────────────────────────────────────
MAIL_DIR = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.default_from_email
SERVER_EMAIL = env.default_from_email
if env.email_url.get_secret_value():
    vars().update(mail_settings(env.email_url.get_secret_value()))
else:
    EMAIL_BACKEND = "core.notices.backends.MailFolderBackend"

# ── tasks ───────────────────────────────────────────────────────────────────
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "good-partner"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
if env.redis_url:
    CELERY_BROKER_URL = env.redis_url
else:
    _queue = VAR_DIR / "queue"
    for _folder in (_queue / "messages", _queue / "control", _queue / "processed"):
        _folder.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "processed_folder": str(_queue / "processed"),
        "store_processed": False,
    }

# ── payments ────────────────────────────────────────────────────────────────
STRIPE_SECRET_KEY = env.stripe_secret_key.get_secret_value()
STRIPE_WEBHOOK_SECRET = env.stripe_webhook_secret.get_secret_value()
STRIPE_API_BASE = env.stripe_api_base
STRIPE_PAYLOAD_DAYS = env.stripe_payload_days
STAND_IN_PORT = env.stand_in_port
STAND_IN_DELAY = env.stand_in_delay

# ── safety ──────────────────────────────────────────────────────────────────
X_FRAME_OPTIONS = "DENY"  # Wagtail opens its previews for frames of this site itself
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.behind_tls
BEHIND_PROXY = env.behind_tls
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if env.behind_tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = env.behind_tls
CSRF_COOKIE_SECURE = env.behind_tls
SESSION_COOKIE_AGE = 12 * 60 * 60
LANGUAGE_COOKIE_SECURE = env.behind_tls
LANGUAGE_COOKIE_SAMESITE = "Lax"

# ── content ─────────────────────────────────────────────────────────────────
WAGTAIL_SITE_NAME = "용산 창업지원"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = (
    False  # an address is changed by confirming the new one, at /accounts/email/
)
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_USER_CREATION_FORM = "core.accounts.office.forms.UserCreationForm"
WAGTAIL_USER_EDIT_FORM = "core.accounts.office.forms.UserEditForm"
WAGTAIL_USER_CUSTOM_FIELDS = ["name", "phone"]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = [("ko", "한국어")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search_backend"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "hwp", "hwpx", "docx", "xlsx", "pptx", "zip", "jpg", "png"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.files.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = DOCUMENT_MAX_BYTES
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = DOCUMENT_MAX_BYTES
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # as many as a photograph has; renditions hold them in memory
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_LOGIN_URL = LOGIN_URL

LOGGING = logging_config(level=env.log_level, as_json=not (DEBUG or DEMO))
