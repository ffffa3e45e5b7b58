import { shQuoted } from '../../snippets/curl.ts'
import {
  type GuideForm,
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'
import { literal } from '../frameworks/framework.ts'
import { starletteCors } from '../frameworks/python.ts'
import { apiOf, baseOf, clientOf, portOf, secretWord, useClientInBody } from './from-form.ts'

const docs = (label: string, path: string): Source => ({
  label: `FastAPI: ${label}`,
  href: `https://fastapi.tiangolo.com/${path}`,
})

const seen: Source = { label: 'Seen with FastAPI 0.165', href: 'https://fastapi.tiangolo.com/release-notes/' }

/** A token endpoint as the standards have it, in one file: what a home-made one can be compared with. */
const app = (form: GuideForm): string => `import hashlib
import json
import secrets
import time
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI, Form
from fastapi.responses import JSONResponse

ISSUER = ${literal(baseOf(form))}
AUDIENCE = ${literal(apiOf(form.config))}
key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
app = FastAPI()


def respond(status, body):
    return JSONResponse(body, status, {"Cache-Control": "no-store"})


@app.post("/token")
def token(grant_type: str = Form(""), client_id: str = Form(""), client_secret: str = Form(""), scope: str = Form("")):
    file = Path("clients.json")
    clients = json.loads(file.read_text()) if file.exists() else {}
    client = clients.get(client_id, {"sha256": "", "scope": ""})
    if not secrets.compare_digest(hashlib.sha256(client_secret.encode()).hexdigest(), client["sha256"]):
        return respond(401, {"error": "invalid_client"})
    if grant_type != "client_credentials":
        return respond(400, {"error": "unsupported_grant_type"})
    granted = scope or client["scope"]
    if not set(granted.split()) <= set(client["scope"].split()):
        return respond(400, {"error": "invalid_scope"})
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": client_id, "client_id": client_id, "scope": granted,
              "iat": now, "exp": now + 300, "jti": secrets.token_urlsafe()}
    access_token = jwt.encode(claims, key, "RS256", {"kid": "1", "typ": "at+jwt"})
    return respond(200, {"access_token": access_token, "token_type": "Bearer", "expires_in": 300, "scope": granted})


@app.get("/jwks")
def jwks():
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}


@app.get("/.well-known/oauth-authorization-server")
def metadata():
    return {"issuer": ISSUER, "token_endpoint": ISSUER + "/token", "jwks_uri": ISSUER + "/jwks",
            "response_types_supported": [], "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"]}`

/** Adds a client to the file that app.py reads at each request. */
const addClient = ({ config }: GuideForm): string => {
  const { id, scopes } = clientOf(config)
  return `.venv/bin/python - ${shQuoted(id)} ${secretWord(config)} ${shQuoted(scopes.join(' ') || 'read')} <<'END'
import hashlib, json, pathlib, sys

_, client_id, client_secret, scope = sys.argv
file = pathlib.Path("clients.json")
clients = json.loads(file.read_text()) if file.exists() else {}
clients[client_id] = {"sha256": hashlib.sha256(client_secret.encode()).hexdigest(), "scope": scope}
file.write_text(json.dumps(clients))
END`
}

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'A token endpoint that somebody wrote, with FastAPI or otherwise. Its paths, its errors and its tokens are what its author made of the standards. Shown is one that follows them.',
  labels: { base: 'Base URL' },
  cors: ({ origin }) => [
    inTerminal(
      `cat >> app.py <<'END'

${starletteCors(origin)}
END`,
      'It writes to the end of app.py, below the line that makes app.',
    ),
    {
      text: 'Without expose_headers a page cannot read the challenge of a 401. An exception that nobody handles is a 500 without CORS headers.',
      source: docs('CORS', 'tutorial/cors/'),
    },
  ],
  client: (form) => [
    {
      ...inTerminal(addClient(form), 'It puts the hash of the secret into clients.json, which app.py reads.'),
      fix: useClientInBody(form.config),
    },
  ],
  start: (form) => [
    { text: 'In an empty folder, this file:', file: 'app.py', language: 'Python', code: app(form) },
    inTerminal(
      `python3 -m venv .venv
.venv/bin/pip install fastapi uvicorn python-multipart PyJWT cryptography
.venv/bin/uvicorn app:app --port ${portOf(form, '8000')} --reload`,
      'It needs Python 3.10 or later, and has new keys at each start.',
    ),
  ],
  quirks: [
    {
      text: '422 is FastAPI’s own: loc names the place and the field. “body, client_id” after a Basic header: it wants the credentials in the body. “query”: Form() was forgotten. “^password$”: the form of the tutorial, for users.',
      source: docs('form data', 'tutorial/request-forms/'),
    },
    {
      text: 'A 422 repeats what was sent, the secret too, as input: do not show it on a projector.',
      source: docs('handling errors', 'tutorial/handling-errors/'),
    },
    {
      text: 'HTTPException puts an OAuth error one level down, in detail. A client that follows the standard does not find it there.',
      source: docs('handling errors', 'tutorial/handling-errors/'),
    },
    {
      text: '“Not authenticated” means that there was no Authorization header of this scheme, not that the secret is wrong.',
      source: seen,
    },
    { text: 'A slash more or less at the end of a path is a redirect (307).', source: seen },
  ],
  source: docs('security', 'tutorial/security/'),
}

export const fastApi: ServerRecord = {
  guide,
  endpoints: { jwks_uri: '{base}/jwks' },
  reach: { exceptionsLoseCors: true },
}
