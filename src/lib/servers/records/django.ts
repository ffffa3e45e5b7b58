import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import {
  type Beforehand,
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'
import { shQuoted } from '../../snippets/curl.ts'
import { djangoCors } from '../frameworks/python.ts'
import { clientOf, portOf, secretWord, useClientInBody, withoutDpop } from './from-form.ts'

const docs = (label: string, page: string): Source => ({
  label: `Django OAuth Toolkit: ${label}`,
  href: `https://django-oauth-toolkit.readthedocs.io/en/latest/${page}`,
})

const seen: Source = {
  label: 'Seen with Django OAuth Toolkit 3.4',
  href: 'https://github.com/django-oauth/django-oauth-toolkit',
}

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'An application for Django. django-cors-headers lets a page read its responses. Every path has a slash at its end.',
  labels: { base: 'Base URL' },
  cors: ({ origin }) => [
    inTerminal(
      `.venv/bin/pip install django-cors-headers
cat >> lab/settings.py <<'END'

${djangoCors(origin)}
END`,
      'It writes to the end of settings.py, which in a project of your own is in another folder.',
    ),
    {
      text: 'CorsMiddleware is the first: a response of another one before it has no CORS headers. CORS_URLS_REGEX has to cover /o/, which the README’s example ^/api/.*$ does not. The log of the package, corsheaders, says nothing of an origin that is not listed.',
      source: {
        label: 'django-cors-headers: README',
        href: 'https://github.com/adamchainz/django-cors-headers',
      },
    },
  ],
  client: ({ config }) => [
    {
      ...inTerminal(
        `.venv/bin/python manage.py createapplication --client-id ${shQuoted(clientOf(config).id)} --name ${shQuoted(clientOf(config).id)} \\
  --client-secret ${secretWord(config)} confidential client-credentials`,
        'Any scope of SCOPES is granted to every client.',
      ),
      source: docs('createapplication', 'management_commands.html#createapplication'),
      fix: useClientInBody(config),
    },
    {
      text: 'Or in the administration, at /admin/ or /o/applications/: Client type “Confidential”, Authorization grant type “Client credentials”. Copy the secret before you save: what is shown afterwards (pbkdf2_sha256$…) is its hash, and no secret.',
    },
  ],
  start: (form) => [
    inTerminal(
      `python3 -m venv .venv
.venv/bin/pip install django django-oauth-toolkit
.venv/bin/django-admin startproject lab .
cat >> lab/settings.py <<'END'

INSTALLED_APPS += ["oauth2_provider"]
OAUTH2_PROVIDER = {
    "SCOPES": {"read": "Read", "write": "Write"},
    "DEFAULT_SCOPES": ["read"],
}
END
cat >> lab/urls.py <<'END'

from django.urls import include
from oauth2_provider.urls import metadata_urlpatterns

urlpatterns += [*metadata_urlpatterns, path("o/", include("oauth2_provider.urls"))]
END
.venv/bin/python manage.py migrate
.venv/bin/python manage.py runserver 127.0.0.1:${portOf(form, '8000')}`,
      'In an empty folder. It needs Python 3.10 or later.',
    ),
  ],
  quirks: [
    {
      text: 'A POST to /o/token without its slash gets 500 with DEBUG, else a redirect that drops the body.',
      source: seen,
    },
    {
      text: 'Every fault of the client is invalid_client without a description: ID, secret and hash alike. Even after a Basic header, the challenge is Bearer.',
      source: seen,
    },
    {
      text: 'It has no metadata of OpenID Connect unless OIDC_ENABLED is on; what RFC 8414 asks for is at /.well-known/oauth-authorization-server/o, once metadata_urlpatterns is among the URLs.',
      source: docs('server metadata', 'oauth2_server_metadata.html'),
    },
    {
      text: 'Its tokens are opaque, and good for 10 hours unless ACCESS_TOKEN_EXPIRE_SECONDS says otherwise. Any client may introspect any of them.',
      source: docs('settings', 'settings.html'),
    },
    {
      text: 'A name that is not in ALLOWED_HOSTS gets 400, “Bad Request”, on every path.',
      source: {
        label: 'Django: ALLOWED_HOSTS',
        href: 'https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts',
      },
    },
  ],
  source: docs('client credentials', 'getting_started.html#client-credential'),
}

/** What it would not accept, or would accept as something else. */
function beforehand({ token_endpoint, dpop }: TokenRequestConfig): readonly Beforehand[] {
  return [
    ...(/\/token$/.test(token_endpoint)
      ? [
          {
            text: 'Django’s token endpoint has a slash at its end: without it, a POST gets 500 or a redirect.',
            fix: { text: 'Add the slash', change: { token_endpoint: `${token_endpoint}/` } },
          },
        ]
      : []),
    ...(dpop.on
      ? [
          {
            text: 'Django OAuth Toolkit knows no DPoP: it ignores the proof, and issues a Bearer token.',
            fix: withoutDpop,
          },
        ]
      : []),
  ]
}

export const django: ServerRecord = {
  guide,
  endpoints: {
    introspection_endpoint: '{base}/o/introspect/',
    revocation_endpoint: '{base}/o/revoke_token/',
  },
  beforehand,
}
