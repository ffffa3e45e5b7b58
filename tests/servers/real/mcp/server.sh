ABOUT="MCP servers of four SDKs as protected resources, metadata faults, with an authorization server (oidc-provider 9)"
PORTS="3900 3901 3902 3903 3905 3907 3908 3909 3910 3912 3913 3915"

prepare() {
  need node npm
  python_env venv "$HERE/requirements.txt" || return 1
  sources_changed package.json as.mjs ts1.mjs ts2.mjs verifier.mjs metadata.mjs || return 0
  (cd "$DIR" && npm install --no-package-lock --no-audit --no-fund) && built
}

launch() {
  ORIGIN=$ORIGIN CORS=$CORS background as node "$DIR/as.mjs"
  wait_for as http://localhost:3915/.well-known/openid-configuration 30 || return 1
  background ts1 node "$DIR/ts1.mjs" 3900:example 3901:none 3902:whole
  background ts2 node "$DIR/ts2.mjs" 3903:whole 3909:origins 3910:modern
  background metadata node "$DIR/metadata.mjs"
  export PYTHONDONTWRITEBYTECODE=1
  local port python=$DIR/venv/bin/python
  for port in 3905:example 3912:whole; do background "python-${port%:*}" "$python" "$HERE/python_sdk.py" "${port%:*}" "${port#*:}"; done
  for port in 3907:example 3913:whole; do background "fastmcp-${port%:*}" "$python" "$HERE/fastmcp_server.py" "${port%:*}" "${port#*:}"; done
  wait_for ts1 http://localhost:3902/mcp 30 && wait_for ts2 http://localhost:3910/mcp 30 && wait_for metadata http://localhost:3908/ 30 || return 1
  for port in 3905 3912; do wait_for "python-$port" "http://localhost:$port/mcp" 60 || return 1; done
  for port in 3907 3913; do wait_for "fastmcp-$port" "http://localhost:$port/mcp" 60 || return 1; done
}

info() {
  cat <<END
Authorization server (all servers below name it)
Issuer         http://localhost:3915
Token          http://localhost:3915/token             (resource names the MCP server; without it the token is opaque)
Introspection  http://localhost:3915/token/introspection
Revocation     http://localhost:3915/token/revocation

Client        Secret      Method  Scope                            What is particular
m2m           change-me   post    mcp:tools mcp:read mcp:write     the plain one
basic         change-me   Basic   mcp:tools mcp:read mcp:write
narrow        change-me   post    mcp:read                         403 at every server: they want mcp:tools
default       change-me   post    mcp:tools mcp:read mcp:write     without a resource the token is for another server

Protected resources, each at /mcp; metadata at /.well-known/oauth-protected-resource/mcp
3900  TypeScript SDK 1.32  CORS as its example: challenge hidden   3901  without CORS   3902  CORS whole
3903  TypeScript SDK 2.4   CORS whole   3909  refuses the Origin   3910  newest protocol version alone
3905  Python SDK 2.3       CORS as its README: preflights fail     3912  CORS whole
3907  FastMCP 4.2          CORS as its documentation               3913  CORS whole
3908  metadata wrong in one way each: the list is at http://localhost:3908/

CORS           $CORS ($ORIGIN), at the authorization server; the servers have what is listed with their port
               --cors wrong or none: the authorization server refuses this origin (400)

curl -d grant_type=client_credentials -d client_id=m2m -d client_secret=change-me -d scope=mcp:tools -d resource=http://localhost:3902/mcp http://localhost:3915/token
END
}
