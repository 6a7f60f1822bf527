"""Django's settings. What differs between machines and areas comes from Config; the rest stands here."""

from datetime import timedelta
from pathlib import Path

from headway.site.config import Config
from headway.site.content_policy import policy

HEADWAY = Config.read()
HERE = Path(__file__).resolve().parent
PRODUCTION = HEADWAY.production

SECRET_KEY = HEADWAY.secret_key
DEBUG = False  # also in demonstrations: a page of settings and locals is no answer to a person
ALLOWED_HOSTS = list(HEADWAY.hosts)
ROOT_URLCONF = "headway.site.urls"
WSGI_APPLICATION = "headway.site.wsgi.application"
DATABASES = {"default": {**HEADWAY.database, "ATOMIC_REQUESTS": False}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # the list of security keys says when each was last used
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "headway.desk.audit",
    "headway.desk.accounts",
    "headway.desk.establishments",
    "headway.desk.documents",
    "headway.desk.strategy",
    "headway.desk.contacts",
    "headway.desk.interests",
    "headway.desk.fairness",
    "headway.desk.glass",
    "headway.desk.engagements",
    "headway.desk.duties",
    "headway.desk.wellbeing",
    "headway.desk.plans",
    "headway.desk.day_one",
    "headway.desk.entitlements",
    "headway.desk.visits",
    "headway.desk.tiers",
    "headway.desk.moderation",
    "headway.desk.self_evaluation",
    "headway.desk.attendance",
    "headway.desk.brokerage",
    "headway.desk.networks",
    "headway.desk.learning",
    "headway.desk.evidence_library",
    "headway.desk.consultation",
    "headway.desk.boards",
    "headway.desk.publication",
    "headway.desk.scrutiny",
    "headway.desk.groups",
    "headway.desk.overview",
    "headway.desk.alerts",
    "headway.desk.comparisons",
    "headway.desk.value_added",
    "headway.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "headway.site.middleware.SafeResponses",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "headway.desk.accounts.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "headway.desk.accounts.middleware.DefaultDeny",
    "headway.desk.accounts.middleware.StrongSignIn",
    "headway.desk.accounts.middleware.EarlyLooks",
    "headway.desk.accounts.looking.Looking",
    "headway.site.sending.SentOnce",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "headway.desk.accounts.context.access",
                "headway.desk.glass.context.glass",
                "headway.site.frame.frame",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in (HERE / "assets/compiled", HERE / "assets") if folder.is_dir()]
WHITENOISE_USE_FINDERS = True  # no collectstatic: what set-up compiled is served from where it lies
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# The default cache counts attempts, so it is shared between worker processes; pages keep fragments each for itself.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "limits"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}

# --- sign-in ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "headway.desk.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # nobody signs up; allauth wants the form described
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator vouches for the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = bool(HEADWAY.mail_server)
ACCOUNT_SESSION_REMEMBER = True  # how long is decided by SessionLimits, not by the person
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login_failed": None, "signup": None}  # axes counts failed sign-ins, in the database
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = HEADWAY.proxies

MFA_ADAPTER = "headway.desk.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Headway"

SOCIALACCOUNT_ADAPTER = "headway.desk.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # a provider's person is ours of the same verified address; nobody else gets in
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, object] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if HEADWAY.oidc:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "EMAIL_AUTHENTICATION": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": HEADWAY.oidc.name,
                "client_id": HEADWAY.oidc.client,
                "secret": HEADWAY.oidc.secret,
                "settings": {"server_url": HEADWAY.oidc.server},
            }
        ],
    }

AXES_ENABLED = True
AXES_VERBOSE = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # of both together: nobody locks another person out
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = True  # the back-off: trying on puts the end off
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "headway.desk.accounts.throttling.account_tried"
AXES_CLIENT_IP_CALLABLE = "headway.desk.accounts.throttling.address_of"
AXES_LOCKOUT_CALLABLE = "headway.desk.accounts.throttling.refused"
AXES_DISABLE_ACCESS_LOG = True  # the audit holds who signed in
AXES_ENABLE_ADMIN = False

# --- sessions, cookies, headers -----------------------------------------------------------------------------------
SESSION_IDLE_SECONDS = 20 * 60
SESSION_LONGEST_SECONDS = 10 * 60 * 60
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS
SESSION_COOKIE_NAME = "__Host-headway" if PRODUCTION else "headway"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "__Host-headway-form" if PRODUCTION else "headway-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "headway.site.failures.form_refused"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HEADWAY.proxies else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy(HEADWAY)}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if HEADWAY.mail_server else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = HEADWAY.mail_settings
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = HEADWAY.mail_from

X_FRAME_OPTIONS = "DENY"  # for browsers older than frame-ancestors
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # a browsers' preload list is for the owner of the whole domain to join
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}, "axes": {"level": "ERROR"}},
}
