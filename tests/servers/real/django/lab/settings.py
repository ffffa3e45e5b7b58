"""django-oauth-toolkit and REST framework as their tutorials set them up. What is tried is in LAB_CORS and DEBUG."""
import os

HOME = os.environ['LAB_HOME']                       # database and key lie there, not next to the sources
ORIGIN = os.environ.get('LAB_ORIGIN', 'http://localhost:4290')
CORS = os.environ.get('LAB_CORS', 'right')
DEBUG = os.environ.get('DJANGO_DEBUG', 'true') == 'true'

SECRET_KEY = 'only-for-trying-on-loopback-' + 'x' * 40
ALLOWED_HOSTS = ['localhost', '127.0.0.1']
INSTALLED_APPS = [
    'django.contrib.admin', 'django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions',
    'django.contrib.messages', 'django.contrib.staticfiles', 'oauth2_provider', 'rest_framework', 'corsheaders',
]
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]
if CORS != 'none':
    # First, as documented; "late" is the common mistake: the redirects of CommonMiddleware then have no CORS headers.
    MIDDLEWARE.insert(len(MIDDLEWARE) if CORS == 'late' else 0, 'corsheaders.middleware.CorsMiddleware')
CORS_ALLOWED_ORIGINS = ['http://localhost:9'] if CORS == 'wrong' else [ORIGIN]
CORS_EXPOSE_HEADERS = ['WWW-Authenticate']
if CORS == 'api-only':
    CORS_URLS_REGEX = r'^/api/.*$'                  # the example of django-cors-headers' README: the token endpoint is left out

ROOT_URLCONF = 'lab.urls'
TEMPLATES = [{
    'BACKEND': 'django.template.backends.django.DjangoTemplates',
    'APP_DIRS': True,
    'OPTIONS': {'context_processors': [
        'django.template.context_processors.request', 'django.contrib.auth.context_processors.auth',
        'django.contrib.messages.context_processors.messages',
    ]},
}]
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.path.join(HOME, 'db.sqlite3'), 'OPTIONS': {'timeout': 20}}}
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
USE_TZ = True
STATIC_URL = '/static/'
LOGIN_URL = '/admin/login/'

OAUTH2_PROVIDER = {
    'ACCESS_TOKEN_EXPIRE_SECONDS': 36000,
    'OIDC_ENABLED': True,
    'OIDC_RSA_PRIVATE_KEY': open(os.path.join(HOME, 'oidc.pem')).read(),
    'SCOPES': {'openid': 'OpenID', 'read': 'Read', 'write': 'Write', 'introspection': 'Introspect tokens'},
    'DEFAULT_SCOPES': ['read'],
}
if os.environ.get('DJANGO_JSON') == 'true':         # the token endpoint then reads JSON
    OAUTH2_PROVIDER['OAUTH2_BACKEND_CLASS'] = 'oauth2_provider.oauth2_backends.JSONOAuthLibCore'
REST_FRAMEWORK = {
    'DEFAULT_AUTHENTICATION_CLASSES': ('oauth2_provider.contrib.rest_framework.OAuth2Authentication',),
    'DEFAULT_PERMISSION_CLASSES': ('rest_framework.permissions.IsAuthenticated',),
}
LOGGING = {
    'version': 1,
    'disable_existing_loggers': False,
    'handlers': {'console': {'class': 'logging.StreamHandler'}},
    'loggers': {name: {'handlers': ['console'], 'level': 'DEBUG'} for name in ('oauth2_provider', 'corsheaders')},
}
