import { describe, expect, it } from 'vitest'
import { linesOf, told, wantedOf } from './words-testing.ts'

const introspections = linesOf(String.raw`
- 401 {"error":"invalid_client","error_description":"Missing or invalid client credentials"}
- 403 {"error":"access_denied","error_description":"The resource owner or authorization server denied the request."}
- 401 {"error":"request_unauthorized","error_description":"The request could not be authorized","statusCode":401}
token-parameter-missing 400 {"error":"invalid_request","error_description":"Missing parameter: token"}
endpoint-permission-missing 403 {"error":"access_denied","error_description":"Client m2m is not allowed to use the introspection endpoint"}
endpoint-permission-missing 400 {"error":"unauthorized_client","error_description":"The client is not permitted to introspect tokens"}
endpoint-permission-missing 403 {"error":"insufficient_scope","error_description":"introspect_tokens scope is required"}
token-of-another-client 403 {"error":"invalid_request","error_description":"Token was issued to another client"}
token-unknown 400 {"error":"invalid_token","error_description":"Token not found"}
token-expired 400 {"error":"invalid_token","error_description":"Token expired"}
path-unknown 404 {"message":"Cannot POST /introspection"}
body-ignored 401 {"error":"invalid_client","error_description":"Authorization header missing"}
endpoint-permission-missing 401 [nothing] {"error":"invalid_client","error_description":"Public clients are not allowed to introspect"}
- 405 [allow:GET] Method Not Allowed
json-wanted? 415 -
secret-wrong 401 {"message":"Client secret mismatch"}
client-disabled 401 {"error":"invalid_client","error_description":"Client disabled"}
- 401 -
exception 500 {"error":"server_error"}
assertion-audience 401 [assertion] {"error":"invalid_client","error_description":"client_assertion audience is wrong"}
secret-wrong 401 {"error":"invalid_client","error_description":"Client secret is wrong"}
endpoint-permission-missing 403 {"message":"Client lacks permission to introspect"}
endpoint-permission-missing 403 {"error":"insufficient_scope","error_description":"Insufficient scope"}
token-parameter-missing 400 {"error":"invalid_request","error_description":"Required parameter 'token' is missing"}
token-unknown 400 {"error":"invalid_token","error_description":"The token is invalid"}
token-kind-not-supported 400 {"error":"unsupported_token_type","error_description":"Only opaque tokens can be introspected"}
- 401 {"active":false,"error":"unauthorized"}
no-credentials 401 [nothing] {"error":"invalid_client","error_description":"Client authentication required"}
method-other 401 {"error":"invalid_client","error_description":"Client must authenticate with client_secret_basic"}
endpoint-permission-missing 403 [nothing] {"error":"forbidden","error_description":"Only confidential clients may call this endpoint"}
path-unknown 404 -
`)

const revocations = linesOf(String.raw`
token-of-another-client 400 {"error":"invalid_grant","error_description":"The token does not belong to the authenticated client"}
token-of-another-client 403 {"error":"unauthorized_client","error_description":"You are not authorized to revoke this token"}
token-kind-not-supported 400 {"error":"unsupported_token_type","error_description":"Access tokens cannot be revoked"}
token-kind-not-supported 400 {"error":"unsupported_token_type","error_description":"The authorization server does not support the revocation of the presented token type."}
token-unknown 400 {"error":"invalid_token","error_description":"Token unknown"}
token-unknown 404 {"error":"token_not_found","message":"token not found"}
token-parameter-missing 400 {"error":"invalid_request","error_description":"token must not be blank"}
- 401 {"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}
path-unknown 404 <html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>
overloaded 503 {"error":"temporarily_unavailable","error_description":"Try later"}
secret-expired 401 {"errors":[{"detail":"client secret has expired"}]}
token-kind-not-supported 400 {"error":"invalid_request","error_description":"JWT access tokens cannot be revoked"}
rate-limited 429 {"error":"slow_down"}
client-unknown 401 {"message":"Unknown client"}
token-parameter-missing 400 {"error":"invalid_request","error_description":"No token provided"}
token-of-another-client 400 {"error":"invalid_request","error_description":"Token does not belong to this client"}
exception 500 -
`)

describe('introspection says', () => {
  it.each(introspections)('%s', (line) => {
    expect(told(line, 'introspection')).toBe(wantedOf(line))
  })
})

describe('revocation says', () => {
  it.each(revocations)('%s', (line) => {
    expect(told(line, 'revocation')).toBe(wantedOf(line))
  })
})
