ABOUT="navikt mock-oauth2-server 3.0.1: accepts every client and every secret; no refusal has CORS headers"
PORTS="9010"

prepare() {
  need mvn
  sources_changed pom.xml || return 0
  JAVA_HOME=$(find_java 17) || return 1; export JAVA_HOME
  rm -rf "$DIR/lib"
  (cd "$DIR" && mvn -B -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=lib) && built
}

launch() {
  SERVER_HOSTNAME=127.0.0.1 SERVER_PORT=9010 background mock "$(find_java 17)/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx300m \
    -cp "$DIR/lib/*" no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt
  wait_for mock http://localhost:9010/default/.well-known/openid-configuration 60
}

info() {
  cat <<END
Issuer         http://localhost:9010/default        (any first path segment is an issuer)
Token          http://localhost:9010/default/token
Introspection  http://localhost:9010/default/introspect
Revocation     http://localhost:9010/default/revoke   (refresh tokens alone: 400 for an access token)
API            http://localhost:9010/default/userinfo

Any client ID with any secret, Basic or post, any scope; the scope becomes the aud of the token (a JWT).
Refused are a client without a secret (401) and a grant it does not know (400).

CORS           built in and not to be set: a response with a token repeats every Origin, an error has no CORS
               headers at all. --origin and --cors change nothing.

curl -u m2m:anything -d grant_type=client_credentials -d scope=read http://localhost:9010/default/token
END
}
