ABOUT="Django 5.2 with django-oauth-toolkit 3.4.1 and REST framework: opaque tokens, slashes at the end, CSRF and CORS middleware"
PORTS="8000"
EXTRA="DJANGO_CORS DJANGO_DEBUG DJANGO_JSON"

django_environment() { export PYTHONDONTWRITEBYTECODE=1 LAB_HOME=$DIR LAB_ORIGIN=$ORIGIN LAB_CORS=${DJANGO_CORS:-$CORS}; }

prepare() {
  need openssl
  python_env venv "$HERE/requirements.txt" || return 1
  [ -f "$DIR/oidc.pem" ] || openssl genrsa -out "$DIR/oidc.pem" 2048 || return 1
  django_environment
  "$DIR/venv/bin/python" "$HERE/manage.py" migrate -v 0 && "$DIR/venv/bin/python" "$HERE/seed.py"
}

launch() {
  django_environment
  background django "$DIR/venv/bin/python" "$HERE/manage.py" runserver 127.0.0.1:8000 --noreload
  wait_for django http://localhost:8000/o/.well-known/openid-configuration 60
}

info() {
  cat <<END
Issuer         http://localhost:8000/o
Token          http://localhost:8000/o/token/          (with the slash)
Introspection  http://localhost:8000/o/introspect/     (any client by Basic)
Revocation     http://localhost:8000/o/revoke_token/
Console        http://localhost:8000/admin/            admin / admin
API            http://localhost:8000/api/hello         any token            /api/scoped         wants write
               http://localhost:8000/api/read/         REST framework       /api/write/         wants write
               http://localhost:8000/api/user/         wants a user: refused with a good token of m2m
               http://localhost:8000/api/session-first/  403 without a challenge     /api/crash  500

Client        Secret            Method         Scope        What is particular
m2m           change-me         Basic or post  read write   the plain one, opaque token
with-user     change-me         Basic or post  read write   belongs to a user, who is not in the token
public        change-me         post           read write   a public client; its secret is asked for all the same
no-grant      change-me         Basic or post  -            refused: made for another grant
special       se+cret%2F:&= ü   Basic or post  read write   a secret that has to be form-encoded for Basic
api           api-secret        Basic or post  read write   for introspection

CORS           ${DJANGO_CORS:-$CORS} ($ORIGIN): django-cors-headers
               --cors wrong allows another origin, --cors none leaves the middleware out
Other options  DJANGO_CORS=late       the middleware last: what other middleware responds (the address without the slash) has no CORS
               DJANGO_CORS=api-only   CORS_URLS_REGEX leaves the token endpoint out
               DJANGO_DEBUG=false     no HTML pages of DEBUG
               DJANGO_JSON=true       the token endpoint reads JSON

curl -u m2m:change-me -d grant_type=client_credentials -d scope=read http://localhost:8000/o/token/
END
}
