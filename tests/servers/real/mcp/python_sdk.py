"""The Python SDK (mcp), as its example simple-auth. usage: python_sdk.py PORT example|whole"""
import sys

import anyio
import jwt
import uvicorn
from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.mcpserver import Context, MCPServer
from starlette.middleware.cors import CORSMiddleware

PORT, MODE = int(sys.argv[1]), sys.argv[2]
ISSUER = 'http://localhost:3915'


class Verifier(TokenVerifier):
    keys = jwt.PyJWKClient(ISSUER + '/jwks')

    async def verify_token(self, token):
        try:
            key = self.keys.get_signing_key_from_jwt(token).key
            claims = jwt.decode(token, key, algorithms=['RS256'], issuer=ISSUER, options={'verify_aud': False})
        except Exception:
            return None
        aud = claims.get('aud')
        return AccessToken(token=token, client_id=claims['client_id'], scopes=claims.get('scope', '').split(), expires_at=claims['exp'],
                           resource=aud[0] if isinstance(aud, list) else aud, subject=claims.get('sub'), claims=claims)


server = MCPServer('lab-python', token_verifier=Verifier(), auth=AuthSettings(
    issuer_url=ISSUER, resource_server_url=f'http://localhost:{PORT}/mcp', required_scopes=['mcp:tools'], validate_token_resource=True))


@server.tool()
def echo(text: str) -> str:
    "says it again"
    return text


@server.tool()
async def count(n: int, ctx: Context) -> str:
    "notifies, then responds"
    for i in range(n):
        await ctx.report_progress(i + 1, n)
        await anyio.sleep(0.5)
    return f'counted to {n}'


cors = {  # "example" is what the SDK's README writes: preflights with Authorization fail
    'example': {'expose_headers': ['Mcp-Session-Id']},
    'whole': {'allow_headers': ['*'], 'expose_headers': ['Mcp-Session-Id', 'WWW-Authenticate']},
}[MODE]
app = CORSMiddleware(server.streamable_http_app(), allow_origins=['*'], allow_methods=['GET', 'POST', 'DELETE'], **cors)
uvicorn.run(app, host='127.0.0.1', port=PORT, log_level='warning')
