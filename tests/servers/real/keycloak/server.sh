ABOUT="Keycloak 26.7.3: realm lab with telling clients, Web origins, DPoP, Signed JWT, https with a self-signed certificate"
PORTS="8080 8443"
EXTRA="KC_HOSTNAME EMPTY"
VERSION=26.7.3

prepare() {
  need mvn node openssl
  JAVA_HOME=$(find_java 17) || return 1; export JAVA_HOME
  node "$KIT/client-key.mjs" "$SERVERS_HOME/client-key" || return 1
  if [ ! -x "$DIR/keycloak-$VERSION/bin/kc.sh" ]; then
    mvn -B -q dependency:copy -Dartifact=org.keycloak:keycloak-quarkus-dist:$VERSION:tar.gz -DoutputDirectory="$DIR" &&
      rm -rf "$DIR/unpacked" && mkdir "$DIR/unpacked" && tar xzf "$DIR/keycloak-quarkus-dist-$VERSION.tar.gz" -C "$DIR/unpacked" &&
      rm -rf "$DIR/keycloak-$VERSION" && mv "$DIR/unpacked/keycloak-$VERSION" "$DIR/" && rm "$DIR/keycloak-quarkus-dist-$VERSION.tar.gz" || return 1
  fi
  [ -f "$DIR/tls.crt" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$DIR/tls.key" -out "$DIR/tls.crt"
}

launch() {
  local data=()
  # Without clients of ours: a database of its own, new at each start.
  if [ "${EMPTY:-}" = true ]; then
    rm -rf "$DIR/empty"; mkdir -p "$DIR/empty"
    data=(--db=dev-file --db-url="jdbc:h2:file:$DIR/empty/keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE")
  fi
  export JAVA_HOME; JAVA_HOME=$(find_java 17)
  KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=admin JAVA_OPTS_KC_HEAP="-Xms256m -Xmx1000m" \
    background keycloak "$DIR/keycloak-$VERSION/bin/kc.sh" start-dev --http-host=127.0.0.1 --http-port=8080 \
    --https-port=8443 --https-certificate-file="$DIR/tls.crt" --https-certificate-key-file="$DIR/tls.key" "${data[@]}"
  wait_for keycloak http://localhost:8080/realms/master 420 || return 1
  [ "${EMPTY:-}" = true ] && return
  ORIGIN=$ORIGIN CORS=$CORS JWKS=$SERVERS_HOME/client-key/jwks.json node "$HERE/setup.mjs" >>"$RUN/setup.log" 2>&1 || { tail -n 20 "$RUN/setup.log" >&2; return 1; }
}

info() {
  local base=http://localhost:8080/realms/lab
  cat <<END
Issuer         $base            (also https://localhost:8443/realms/lab, self-signed)
Token          $base/protocol/openid-connect/token
Introspection  $base/protocol/openid-connect/token/introspect   (active only for a client named in aud: as "api")
Revocation     $base/protocol/openid-connect/revoke
API            $base/protocol/openid-connect/userinfo           (needs the scope openid)
Console        http://localhost:8080/admin   admin / admin

Client        Secret          Method          Scope          What is particular
m2m           change-me       post or Basic   read, write    the plain one: read by default, write on demand (adds aud "api")
basic-only    change-me       Basic           -              refused when the secret is in the body
no-account    change-me       post or Basic   -              refused: Service account roles are off
public        -               none            -              refused: a public client
disabled      change-me       post or Basic   -              refused: not enabled
signed-jwt    -               private_key_jwt -              key in $SERVERS_HOME/client-key (private.pem, private.jwk.json), kid client-1
secret-jwt    change-me-please-0123456789-abcdefgh   client_secret_jwt   -
no-origins    change-me       post or Basic   -              no Web origins: 403 without CORS, unreadable in a page
slash-origin  change-me       post or Basic   -              Web origins with a slash at the end: the same
dpop          change-me       post or Basic   read           refuses a request without a DPoP proof
audience      change-me       post or Basic   -              an audience mapper: aud "https://api.example"
at-jwt        change-me       post or Basic   read           typ at+jwt
short         change-me       post or Basic   -              token lives 20 seconds
special       p%ss+w:rd/ä ~=& post or Basic   -              a secret that has to be form-encoded for Basic
api           api-secret      post or Basic   -              for introspection
Realm "off" is disabled; it has a client m2m, too.

CORS           $CORS ($ORIGIN): Web origins of each client
               --cors wrong enters another origin, --cors none none at all
Other options  KC_HOSTNAME=http://keycloak.example:8080   the issuer then differs from the address

curl -d grant_type=client_credentials -d client_id=m2m -d client_secret=change-me $base/protocol/openid-connect/token
END
}

programs() { echo "$DIR/keycloak-$VERSION/bin"; }
