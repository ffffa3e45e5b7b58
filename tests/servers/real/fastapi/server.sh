ABOUT="FastAPI 0.165: home-made token endpoints and APIs, each path one habit (422, detail, JSON body, odd tokens and keys)"
PORTS="8003"

prepare() { python_env venv "$HERE/requirements.txt"; }

launch() {
  ORIGIN=$ORIGIN CORS=$CORS PYTHONDONTWRITEBYTECODE=1 background fastapi "$DIR/venv/bin/uvicorn" --app-dir "$HERE" --host 127.0.0.1 --port 8003 app:app
  wait_for fastapi http://localhost:8003/.well-known/openid-configuration 60
}

info() {
  cat <<END
One client: m2m, secret change-me. Errors are FastAPI's: {"detail": ...}, 422 for what is missing.

Token endpoints at http://localhost:8003
/oauth/token        ID and secret in the body; HS256 JWT, scopes as a list, no expires_in
/basic/token        ID and secret by Basic
/token              FastAPI's tutorial: wants username and password: 422
/json/token         reads JSON alone: 422                /query/token    reads the query alone: 422
/slash/token/       without the slash a redirect (307)   /crash/token    500 without CORS headers
/detail/token       the OAuth error within "detail"      /tuple/token    200 and a list
/200/token          an error with 200
/NAME/token         dumps bytes camel named bare text data float no-exp milliseconds local-time text-exp weak
                    expired opaque rs256 rs256-kid       (no credentials looked at; the name says what is odd)
Metadata            http://localhost:8003    its issuer has a slash, the tokens' iss has none
Keys                /keys/ jwks.json (right) jwks-strings.json jwks-array.json jwks-base64.json jwk.json
Introspection       /introspect (401 for a bad token)    Revocation  /revoke (does nothing)
APIs                /api/me  /api/items (wants items:write: 401)  /api/403  /api/audience  /api/crash (500)
                    /api/rs256 (for rs256)  /api/detail  /api/header (wants X-Token)  /api/slow (5 s)

CORS           $CORS ($ORIGIN): Starlette's CORSMiddleware
               --cors wrong allows another origin, --cors none has none

curl -d grant_type=client_credentials -d client_id=m2m -d client_secret=change-me -d scope=read http://localhost:8003/oauth/token
END
}
