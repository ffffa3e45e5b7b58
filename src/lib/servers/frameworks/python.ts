import type { Source } from '../../explanation/server-record.ts'
import { type Framework, type FrameworkForm, literal } from './framework.ts'

const corsHeaders: Source = {
  label: 'django-cors-headers: README',
  href: 'https://github.com/adamchainz/django-cors-headers',
}

/** The end of settings.py that lets an origin read what Django responds. */
export const djangoCors = (origin: string): string => `from corsheaders.defaults import default_headers

INSTALLED_APPS += ["corsheaders"]
MIDDLEWARE.insert(0, "corsheaders.middleware.CorsMiddleware")
CORS_ALLOWED_ORIGINS = ["${origin}"]
CORS_URLS_REGEX = r"^/.*$"
CORS_ALLOW_HEADERS = [*default_headers, "dpop"]
CORS_EXPOSE_HEADERS = ["WWW-Authenticate", "DPoP-Nonce"]`

/** The end of the file that makes `app`, which lets an origin read what Starlette or FastAPI responds. */
export const starletteCors = (origin: string): string => `from starlette.middleware.cors import CORSMiddleware

app.add_middleware(
    CORSMiddleware,
    allow_origins=["${origin}"],
    allow_methods=["GET", "POST"],
    allow_headers=["Authorization", "Content-Type", "DPoP"],
    expose_headers=["WWW-Authenticate", "DPoP-Nonce"],
)`

/** A function of PyJWT's that checks a token as an API has to. */
const checkToken = ({ issuer, audience }: FrameworkForm): string => `import jwt

ISSUER = ${literal(issuer)}
AUDIENCE = ${literal(audience)}
keys = jwt.PyJWKClient(ISSUER + "/jwks")  # the jwks_uri of its metadata


def claims_of(token):
    key = keys.get_signing_key_from_jwt(token).key
    jws = jwt.decode_complete(token, key, ["RS256", "ES256"], audience=AUDIENCE, issuer=ISSUER,
                              options={"require": ["exp", "iss", "aud"]})
    if jws["header"].get("typ", "").lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("The typ is not at+jwt")
    if "cnf" in jws["payload"]:
        raise jwt.InvalidTokenError("The token is bound to a key, and came without its proof")
    return jws["payload"]`

export const django: Framework = {
  name: 'Django, REST framework',
  cors: ({ origin }) => [
    {
      text: 'In the environment of the project:',
      language: 'shell',
      code: 'pip install django-cors-headers',
    },
    {
      text: 'At the end of settings.py. CorsMiddleware is the first: what another one before it responds, such as the redirect to a slash, has no CORS headers. CORS_URLS_REGEX covers every path here; the README’s ^/api/.*$ leaves a token endpoint out.',
      language: 'Python',
      code: djangoCors(origin),
      source: corsHeaders,
    },
    { text: 'Call the path with its slash at the end: Django redirects a GET without it, and a POST fails.' },
  ],
  token: (form) => [
    {
      text: 'For JWTs of another server, an authentication class of the REST framework (pip install PyJWT cryptography). PyJWT looks at iss, aud and typ only if it is told to.',
      language: 'Python',
      code: `${checkToken(form)}


from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed


class AccessToken(BaseAuthentication):
    def authenticate(self, request):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            return None, claims_of(token)
        except jwt.PyJWTError as error:
            raise AuthenticationFailed(str(error))

    def authenticate_header(self, request):
        return "Bearer"`,
    },
    {
      text: 'Name it first in DEFAULT_AUTHENTICATION_CLASSES. With SessionAuthentication first, a refusal is 403 without a challenge.',
    },
    {
      text: 'IsAuthenticated wants a user, and this grant has none: it refuses every token with 403. Check the scope instead, with TokenHasScope of Django OAuth Toolkit or a permission that reads request.auth.',
    },
  ],
  dpop: [
    {
      text: 'The REST framework demands a CSRF token only with SessionAuthentication. A view of Django itself demands one for every POST, whatever the Authorization header: put @csrf_exempt on a view that accepts tokens alone.',
    },
    {
      text: 'Django OAuth Toolkit knows no DPoP: it issues a Bearer token, and its APIs read the scheme Bearer alone.',
    },
  ],
}

export const fastApi: Framework = {
  name: 'FastAPI, Starlette',
  cors: ({ origin }) => [
    {
      text: 'Below the line that makes app. Only expose_headers lets a page read the challenge of a 401.',
      language: 'Python',
      code: starletteCors(origin),
      source: { label: 'FastAPI: CORS', href: 'https://fastapi.tiangolo.com/tutorial/cors/' },
    },
    {
      text: 'An exception that nobody handles is a 500 without CORS headers: a page cannot read it, and the log has it.',
    },
  ],
  token: (form) => [
    {
      text: 'A dependency for each path (pip install PyJWT cryptography). PyJWT looks at iss, aud and typ only if it is told to. HTTPBearer with auto_error responds with 403 in older versions, and without error="invalid_token".',
      language: 'Python',
      code: `${checkToken(form)}


from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer


def access_token(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]):
    if sent is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    try:
        return claims_of(sent.credentials)
    except jwt.PyJWTError as error:
        raise HTTPException(401, str(error), {"WWW-Authenticate": 'Bearer error="invalid_token"'})


@app.get("/hello")
def hello(claims: Annotated[dict, Depends(access_token)]):
    return {"hello": claims["sub"]}`,
    },
  ],
  dpop: [
    {
      text: 'FastAPI demands no CSRF token: a POST needs nothing more than a GET.',
    },
    {
      text: 'HTTPBearer reads the scheme Bearer alone, and Starlette has nothing for DPoP: the API has to check the proof itself, with its htu against request.url. Behind a proxy start uvicorn with --proxy-headers, so that the scheme fits.',
    },
  ],
}
