ABOUT="Spring Authorization Server 7.0.6 (Boot 4.0.7): bare error codes, JWT and reference tokens, introspection"
PORTS="9000"
EXTRA="SPRING_CORS"

# The same build serves spring and spring-api.
spring_build() {
  need mvn node
  JAVA_HOME=$(find_java 17) || return 1; export JAVA_HOME
  local HERE=$KIT/spring DIR=$SERVERS_HOME/spring
  mkdir -p "$DIR"
  sources_changed pom.xml src || return 0
  (cd "$DIR" && mvn -B -q -DskipTests clean package) && built
}
spring_run() {
  background "$1" "$(find_java 17)/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx300m -jar "$SERVERS_HOME/spring/target/spring-lab-1.jar" \
    --lab.cors="${SPRING_CORS:-$CORS}" --lab.origin="$ORIGIN" "${@:2}"
}

prepare() { node "$KIT/client-key.mjs" "$SERVERS_HOME/client-key" && spring_build; }

launch() {
  spring_run spring --lab.client-keys="$SERVERS_HOME/client-key/jwks.json"
  wait_for spring http://localhost:9000/.well-known/oauth-authorization-server 90
}

info() {
  cat <<END
Issuer         http://localhost:9000
Token          http://localhost:9000/oauth2/token
Introspection  http://localhost:9000/oauth2/introspect   (as client api, secret api-secret)
Revocation     http://localhost:9000/oauth2/revoke
API            start spring-api

Client        Secret                Method          Scope        What is particular
m2m           change-me             Basic or post   read write   the plain one; aud is the client itself
basic-only    change-me             Basic           read write   refused when the secret is in the body
post-only     change-me             post            read write   refused when the secret is in the header
no-prefix     change-me             Basic or post   read write   the secret is stored without {noop} or {bcrypt}: redirected to /login
special       p@ss: w%rd+&=/?~      Basic or post   read write   a secret that has to be form-encoded for Basic
no-grant      change-me             Basic or post   -            refused: the grant is not registered
no-scope      change-me             Basic or post   -            refused as soon as a scope is asked for
opaque        change-me             Basic or post   read write   a reference token
short         change-me             Basic or post   read write   token lives 2 seconds
audience      change-me             Basic or post   read write   aud is https://api.example
at-jwt        change-me             Basic or post   read write   as RFC 9068: typ at+jwt, client_id, aud
signed-jwt    -                     private_key_jwt read write   key in $SERVERS_HOME/client-key (private.pem, private.jwk.json), kid client-1
secret-jwt    a-shared-secret-of-more-than-32-bytes-0123456789   client_secret_jwt (HS256)   read write
api           api-secret            Basic or post   read write   for introspection

CORS           ${SPRING_CORS:-$CORS} ($ORIGIN): one CorsConfigurationSource bean
               --cors wrong allows another origin (403 "Invalid CORS request"), --cors none has no bean
Other options  SPRING_CORS=second   CORS on the second filter chain alone: the preflight passes, the response is unreadable

curl -u m2m:change-me -d grant_type=client_credentials -d scope=read http://localhost:9000/oauth2/token
END
}
