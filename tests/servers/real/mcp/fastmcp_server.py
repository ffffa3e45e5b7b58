"""FastMCP with RemoteAuthProvider. usage: fastmcp_server.py PORT example|whole"""
import sys

import anyio
from fastmcp import Context, FastMCP
from fastmcp.server.auth import RemoteAuthProvider
from fastmcp.server.auth.providers.jwt import JWTVerifier
from pydantic import AnyHttpUrl
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

PORT, MODE = int(sys.argv[1]), sys.argv[2]
ISSUER = 'http://localhost:3915'
server = FastMCP('lab-fastmcp', auth=RemoteAuthProvider(
    token_verifier=JWTVerifier(jwks_uri=ISSUER + '/jwks', issuer=ISSUER, audience=f'http://localhost:{PORT}/mcp', required_scopes=['mcp:tools']),
    authorization_servers=[AnyHttpUrl(ISSUER)], base_url=f'http://localhost:{PORT}'))


@server.tool
def echo(text: str) -> str:
    "says it again"
    return text


@server.tool
async def count(n: int, ctx: Context) -> str:
    "notifies, then responds"
    for i in range(n):
        await ctx.report_progress(i + 1, n)
        await anyio.sleep(0.5)
    return f'counted to {n}'


cors = {  # "example" is what FastMCP's documentation writes: the header Mcp-Method is not allowed, the challenge not exposed
    'example': {'allow_headers': ['mcp-protocol-version', 'mcp-session-id', 'Authorization'], 'expose_headers': ['mcp-session-id']},
    'whole': {'allow_headers': ['*'], 'expose_headers': ['Mcp-Session-Id', 'WWW-Authenticate']},
}[MODE]
server.run(transport='http', host='127.0.0.1', port=PORT, path='/mcp', show_banner=False, log_level='warning',
           middleware=[Middleware(CORSMiddleware, allow_origins=['*'], allow_methods=['GET', 'POST', 'DELETE', 'OPTIONS'], **cors)])
