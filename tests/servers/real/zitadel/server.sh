ABOUT="zitadel/oidc 3.52.0 (the Go library's example server, not the product): any scope is granted, opaque tokens"
PORTS="9998"

prepare() {
  need go
  sources_changed go.mod main.go || return 0
  (cd "$DIR" && go build -mod=mod -o zitadel .) && built
}

launch() {
  CORS=$CORS background zitadel "$DIR/zitadel"
  wait_for zitadel http://localhost:9998/.well-known/openid-configuration 30
}

info() {
  cat <<END
Issuer         http://localhost:9998/
Token          http://localhost:9998/oauth/token
Introspection  http://localhost:9998/oauth/introspect   (as client api; says active: false of tokens of sid1)
Revocation     http://localhost:9998/revoke             (not for the client sid1: it is no client there)
API            http://localhost:9998/userinfo            (403 for tokens of sid1)

Client        Secret          Method               Scope    What is particular
sid1          verysecret      Basic or post        any      a service user; opaque (encrypted) token
web           secret          Basic                -        refused for this grant, though the secret is right
api           secret          Basic                -        an API that introspects

CORS           $CORS: right allows every origin (the library's default; --origin is not used)
               --cors wrong allows another origin, --cors none switches it off

curl -u sid1:verysecret -d grant_type=client_credentials -d scope=openid http://localhost:9998/oauth/token
END
}
