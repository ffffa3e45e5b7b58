ABOUT="Ory Hydra 2.3.0: errors of fosite, opaque and JWT tokens, introspection at the administration port"
PORTS="4444 4445"
EXTRA="HYDRA_INTERNAL_ERRORS EMPTY"

prepare() {
  need go node
  node "$KIT/client-key.mjs" "$SERVERS_HOME/client-key" || return 1
  sources_changed go.mod || return 0
  # sqlite is what `dsn: memory` runs on; it needs a C compiler.
  (cd "$DIR" && CGO_ENABLED=1 go build -mod=mod -tags sqlite -o hydra github.com/ory/hydra/v2) && built
}

launch() {
  local on=true; [ "$CORS" = none ] && on=false
  cat >"$RUN/hydra.yml" <<END
dsn: memory
log: { level: info, format: text }
secrets: { system: [only-for-trying-on-loopback] }
sqa: { opt_out: true }
urls:
  self: { issuer: "http://localhost:4444/" }
  login: http://localhost:3000/login
  consent: http://localhost:3000/consent
strategies:
  access_token: opaque
serve:
  public:
    host: 127.0.0.1
    port: 4444
    cors:
      enabled: $on
      allowed_origins: ["$(allowed_origin)"]
      allowed_methods: [POST, GET]
      allowed_headers: [Authorization, Content-Type, DPoP]
  admin:
    host: 127.0.0.1
    port: 4445
    cors:
      enabled: $on
      allowed_origins: ["$(allowed_origin)"]
      allowed_methods: [POST, GET]
      allowed_headers: [Authorization, Content-Type]
oauth2:
  expose_internal_errors: ${HYDRA_INTERNAL_ERRORS:-false}
END
  [ "$on" = true ] || sed -i.old '/allowed_origins/d' "$RUN/hydra.yml"
  SQA_OPT_OUT=true background hydra "$DIR/hydra" serve all --dev -c "$RUN/hydra.yml"
  wait_for hydra http://localhost:4445/health/ready 60 || return 1
  [ "${EMPTY:-}" = true ] && return
  ORIGIN=$ORIGIN JWKS=$SERVERS_HOME/client-key/jwks.json node "$HERE/clients.mjs" >>"$RUN/clients.log" 2>&1 || { tail -n 20 "$RUN/clients.log" >&2; return 1; }
}

info() {
  cat <<END
Issuer         http://localhost:4444/        (with the slash)
Token          http://localhost:4444/oauth2/token
Revocation     http://localhost:4444/oauth2/revoke
Introspection  http://localhost:4445/admin/oauth2/introspect   (administration port, asks for no credentials)
API            http://localhost:4444/userinfo

Client        Secret          Method               Scope         What is particular
basic         change-me       client_secret_basic  read write    the method a client gets that names none
post          change-me       client_secret_post   read write    opaque token
jwt           change-me       client_secret_post   read write    JWT; scope in "scp"; audience https://api.example on demand
audience      change-me       client_secret_post   read write    may ask for audience=https://api.example
special       a%b+c:d é       client_secret_basic  read write    a secret that has to be form-encoded
signed-jwt    -               private_key_jwt      read write    aud has to be the token endpoint; key in $SERVERS_HOME/client-key, kid client-1
public        -               none                 read write    refused: a public client
no-grant      change-me       client_secret_post   read write    refused: client_credentials not switched on
wildcard      change-me       client_secret_post   api:*         refused: Hydra compares scopes exactly unless told
short         change-me       client_secret_post   read write    token lives 3 seconds
own-origin    change-me       client_secret_post   read write    allowed_cors_origins of its own: readable even with --cors wrong

CORS           $CORS ($ORIGIN): serve.public.cors and serve.admin.cors in $RUN/hydra.yml
               --cors wrong allows another origin, --cors none switches it off (Hydra's default)
Other options  HYDRA_INTERNAL_ERRORS=true   the inner cause at the end of error_description

curl -d grant_type=client_credentials -d client_id=post -d client_secret=change-me -d scope=read http://localhost:4444/oauth2/token
END
}
