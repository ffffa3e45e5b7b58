import { describe, expect, it } from 'vitest'
import { linesOf, told, wantedOf } from './words-testing.ts'

const lines = linesOf(String.raw`
header-other 401 {"error":"Missing X-API-KEY header"}
header-other 403 {"message":"API key required"}
api-key-wrong 403 {"message":"API key is expired"}
header-other 400 {"error":"Header 'X-Tenant-Id' is required"}
token-expired 401 {"error":"The token has expired and can no longer be refreshed"}
token-expired 401 {"code":"AUTH_TOKEN_EXPIRED"}
token-expired 401 {"error":{"type":"TokenExpired"}}
token-expired 401 - <- Bearer error="invalid_token", error_description="The access token expired"
signature-wrong 401 {"error":"JwsSignatureVerificationFailed"}
signature-wrong 401 {"message":"JWT signature is invalid"}
audience-other 401 {"error":"InvalidAudience"}
audience-other 403 {"reason":"Token audience mismatch"}
audience-other 401 {"detail":"Incorrect claims, please check the audience"}
issuer-other 401 {"error":"Untrusted issuer"}
issuer-other 401 {"title":"Invalid token issuer","status":401}
key-unknown 401 {"error":"Unknown kid"}
key-unknown 401 {"error":"No matching JWK found for kid abc"}
key-unknown 401 {"detail":"Unable to find appropriate key"}
metadata-not-fetched 401 {"error":"Failed to fetch JWKS"}
metadata-not-fetched 500 {"error":"could not fetch JWKS: connect ECONNREFUSED"}
metadata-not-fetched 401 {"error":"Unable to obtain configuration from: 'https://as.example/.well-known/openid-configuration'"}
metadata-not-fetched 401 {"error":"IDX20803: Unable to obtain configuration from: 'x'."}
metadata-not-fetched 503 {"error":"OIDC provider unreachable"}
scope-insufficient 403 {"error":"Requires scope: orders.write"}
scope-insufficient 403 {"message":"Token does not have the required scopes"}
scope-insufficient 403 {"detail":"Insufficient scope"}
scope-insufficient 403 {"errors":[{"code":"insufficient_scope","detail":"x y"}]}
scope-insufficient 403 {"message":"This endpoint requires the 'admin' scope"}
scope-insufficient 403 {"message":"Missing required scope(s): read"}
role-missing 403 {"message":"Access Denied: requires role ADMIN"}
role-missing 403 {"message":"You are not allowed to perform this action"}
role-missing 403 {"error":"insufficient_permissions"}
role-missing 403 {"code":"PERMISSION_DENIED"}
role-missing 403 {"message":"User does not have required role"}
role-missing 403 {"errorMessage":"Not authorized to access this resource"}
- 403 {"message":"Access Denied"}
- 403 {"message":"Forbidden"}
- 403 {"error":"forbidden"}
- 401 {"error":"unauthorized"}
- 401 {"error":"unauthorized","message":"Full authentication is required to access this resource"}
- 401 {"message":"Authentication failed"}
no-credentials 401 [nothing] {"error":"unauthorized","message":"Full authentication is required to access this resource"}
no-credentials 401 [nothing] {"message":"Missing bearer token"}
no-credentials 401 [nothing] {"message":"No token provided"}
no-credentials 403 [nothing] {"message":"A token is required for authentication"}
no-credentials 401 [nothing] {"error":"Authorization header not found"}
scheme-wrong? 401 {"error":"Authorization header not found"}
token-not-jwt 401 [opaque] {"error":"Token is not a valid JWT"}
token-not-jwt 401 [opaque] {"error":"jwt must have three parts"}
token-not-jwt 401 [opaque] {"error":"Invalid token format"}
token-not-jwt 400 [opaque] {"error":"Malformed JWT"}
token-unknown 401 {"error":"Token not found"}
token-unknown 401 {"error":"Invalid Bearer token"}
token-unknown 401 {"message":"The access token is not valid"}
token-revoked 401 {"error":"Token has been revoked"}
token-not-active 401 {"error":"token inactive"}
token-not-active 401 {"message":"Token is not active"}
token-not-yet-valid 401 {"error":"token is not valid yet"}
token-not-yet-valid 401 {"error":"JWT used before its nbf"}
token-not-yet-valid 401 {"message":"Token used too early, 1 < 2"}
token-expired 401 {"message":"Token expired, 1 < 2"}
algorithm-other 401 {"error":"alg RS256 is not allowed"}
algorithm-other 401 {"error":"Unsupported signing algorithm"}
claim-missing 401 {"error":"Missing required claim: tenant"}
claim-missing 403 {"error":"Claim 'groups' is missing"}
exp-missing 401 [noexp] {"error":"Missing exp claim"}
path-unknown 404 {"error":"no such route"}
path-unknown 404 {"error":"Not Found"}
http-method 405 {"error":"Method Not Allowed"}
rate-limited 429 {"error":"slow down"}
rate-limited 403 {"message":"API rate limit exceeded for 1.2.3.4"}
gateway-refuses 403 {"message":"Access denied from IP address 1.2.3.4: not allowed"}
user-needed 403 {"error":"User context required"}
user-needed 401 {"message":"User not found"}
exception? 500 {"message":"Internal Server Error"}
typ-not-valid 401 {"error":"unexpected typ: at+jwt"}
sub-not-string 401 {"msg":"Subject must be a string"}
client-other 403 {"error":"Client m2m is not allowed to access this API"}
client-other 401 {"error":"azp claim is not in the list of allowed clients"}
proof-missing 401 - <- DPoP error="invalid_token", error_description="DPoP proof required"
csrf-protection 403 {"message":"invalid csrf token"}
origin-refused 403 {"message":"Origin https://x not allowed by CORS"}
issuer-other 401 - <- Bearer error="invalid_token", error_description="Token was not issued by a trusted authority"
audience-other 401 {"error":"wrong_audience"}
token-unknown 401 {"error":"access_token_invalid"}
key-unknown 401 {"error":"Public key not found in jwks"}
signature-wrong 401 {"message":"crypto/rsa: verification error"}
signature-wrong 401 {"message":"jwt: signature mismatch"}
audience-other 403 {"message":"Token does not contain audience api://x"}
api-not-open 403 {"message":"The subscription is not active for this API"}
api-not-open 403 {"error":{"message":"Application is not subscribed to this API"}}
`)

describe('an API that a team wrote says why', () => {
  it.each(lines)('%s', (line) => {
    expect(told(line)).toBe(wantedOf(line))
  })
})
