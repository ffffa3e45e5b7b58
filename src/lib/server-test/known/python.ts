import { always, type Deviations, set } from './entry.ts'

const protectedView = set(
  'ProtectedResourceView responds with an empty 403. Use OAuth2Authentication of Django REST framework, as the first of its classes, for 401 and a challenge.',
  'django-oauth-toolkit: REST framework',
  'https://django-oauth-toolkit.readthedocs.io/en/latest/rest-framework/getting_started.html',
)

/** Measured on django-oauth-toolkit 3.4.1, with Django 5.2. */
export const django: Deviations = {
  lifetime: set(
    'Tokens of django-oauth-toolkit live for ten hours unless ACCESS_TOKEN_EXPIRE_SECONDS says otherwise.',
    'django-oauth-toolkit: ACCESS_TOKEN_EXPIRE_SECONDS',
    'https://django-oauth-toolkit.readthedocs.io/en/latest/settings.html#access-token-expire-seconds',
  ),
  'server-named': set(
    'runserver names the versions of its software. It is for development alone.',
    'Django: runserver',
    'https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver',
  ),
  challenge: always(
    'django-oauth-toolkit responds to Basic with a challenge of Bearer, as oauthlib has it.',
    'oauthlib/oauthlib#623',
  ),
  'missing-grant-type': always('django-oauth-toolkit says unsupported_grant_type.'),
  'repeated-parameter': always('django-oauth-toolkit reads the last value.'),
  'repeated-grant-type': always('django-oauth-toolkit reads the last value.'),
  'basic-case': always('django-oauth-toolkit knows “Basic” alone.'),
  'two-methods': always('django-oauth-toolkit does not look at the body if there is a header.'),
  'empty-scope': always('django-oauth-toolkit refuses an empty scope.'),
  'error-json': always(
    'django-oauth-toolkit responds with JSON as text/html if the URL has a query or resource is wrong.',
    'django-oauth/django-oauth-toolkit#1209',
  ),
  'documents-agree': always(
    'django-oauth-toolkit lists the response types of OpenID Connect in openid-configuration alone.',
  ),
  'metadata-true': always('The openid-configuration of django-oauth-toolkit has no grant_types_supported.'),
  'api-none': protectedView,
  'api-garbage': protectedView,
  'api-changed': protectedView,
}

const validation = set(
  'FastAPI responds by itself with 422 if a field of the form is missing or wrong. Handle RequestValidationError, and respond with 400 and the error that the standard names.',
  'FastAPI: request validation errors',
  'https://fastapi.tiangolo.com/tutorial/handling-errors/#override-request-validation-exceptions',
)

const tutorial = (says: string) =>
  set(says, 'FastAPI: OAuth2 with JWT tokens', 'https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/')

const bareChallenge = tutorial(
  'FastAPI’s tutorial refuses tokens with WWW-Authenticate: Bearer alone. Write error="invalid_token" next to it, in the headers of the HTTPException.',
)

/** Measured on FastAPI 0.165, with endpoints as its tutorials have them. */
export const fastApi: Deviations = {
  'missing-grant-type': validation,
  'unknown-grant-type': validation,
  'no-credentials': validation,
  'basic-supported': validation,
  'wrong-secret-basic': validation,
  'error-json': set(
    'HTTPException puts its words under “detail”. Return a JSONResponse with error at its top.',
    'FastAPI: return a Response',
    'https://fastapi.tiangolo.com/advanced/response-directly/',
  ),
  'no-store': set(
    'FastAPI adds no Cache-Control. Set it on the response.',
    'FastAPI: response headers',
    'https://fastapi.tiangolo.com/advanced/response-headers/',
  ),
  'jwt-alg': tutorial(
    'FastAPI’s tutorial signs with HS256 and a SECRET_KEY. Sign with a key pair if others verify the tokens.',
  ),
  'api-garbage': bareChallenge,
  'api-changed': bareChallenge,
  'api-payload-changed': bareChallenge,
  'api-alg-none': bareChallenge,
}
