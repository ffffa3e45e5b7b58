import { describe, expect, it } from 'vitest'
import { linesOf, told, wantedOf } from './words-testing.ts'

const lines = linesOf(String.raw`
audience-other 401 UnauthorizedError: jwt audience invalid. expected: https://x
audience-other 401 <!DOCTYPE html><html><head><title>Error</title></head><body><pre>UnauthorizedError: jwt audience invalid. expected: https://x<br> &nbsp; at /app/node_modules/express-jwt</pre></body></html>
issuer-other 401 {"name":"UnauthorizedError","message":"jwt issuer invalid. expected: https://x/","code":"invalid_token","status":401}
token-expired 401 {"name":"UnauthorizedError","message":"jwt expired","code":"invalid_token","status":401,"inner":{"name":"TokenExpiredError","message":"jwt expired","expiredAt":"2017-01-01"}}
signature-wrong 401 {"message":"invalid signature"}
token-not-jwt 401 [opaque] {"message":"jwt malformed"}
algorithm-other 401 {"message":"invalid algorithm"}
token-not-yet-valid 401 {"message":"jwt not active"}
alg-none 401 [none] {"message":"jwt signature is required"}
key-unknown 401 {"message":"error in secret or public key callback: Unable to find a signing key that matches 'k1'"}
metadata-not-fetched 401 {"message":"secret or public key must be provided"}
no-credentials 401 [nothing] {"code":"credentials_required","message":"No authorization token was found"}
scheme-wrong? 401 {"code":"credentials_bad_scheme","message":"Format is Authorization: Bearer [token]"}
audience-other 401 - <- Bearer realm="api", error="invalid_token", error_description="Unexpected 'aud' value"
issuer-other 401 - <- Bearer realm="api", error="invalid_token", error_description="Unexpected 'iss' value"
token-expired 401 - <- Bearer realm="api", error="invalid_token", error_description=""exp" claim timestamp check failed"
token-expired 401 {"message":"\"exp\" claim timestamp check failed"}
token-not-yet-valid 401 {"message":"\"nbf\" claim timestamp check failed"}
audience-other 401 {"message":"unexpected \"aud\" claim value"}
issuer-other 401 {"message":"unexpected \"iss\" claim value"}
claim-missing 401 {"message":"missing required \"sub\" claim"}
typ-not-valid 401 {"message":"unexpected \"typ\" JWT header value"}
key-unknown 401 {"message":"no applicable key found in the JSON Web Key Set"}
signature-wrong 401 {"message":"signature verification failed"}
algorithm-other 401 {"message":"\"alg\" (Algorithm) Header Parameter value not allowed"}
claim-type-wrong 401 [expstr] {"message":"\"exp\" claim must be a number"}
token-not-jwt 401 [opaque] {"message":"Invalid Compact JWS"}
scope-insufficient 403 - <- Bearer realm="api", error="insufficient_scope", error_description="Missing scopes: write", scope="write"
- 401 {"message":"Unauthorized","statusCode":401}
role-missing 403 {"message":"Forbidden resource","error":"Forbidden","statusCode":403}
path-unknown 404 {"message":"Cannot GET /things","error":"Not Found","statusCode":404}
signature-wrong 401 {"error":"Signature verification failed"}
signature-wrong 401 {"error":"Signature verification raised"}
token-expired 401 {"error":"Signature has expired"}
no-credentials 401 [nothing] {"error":"You need to sign in or sign up before continuing."}
token-not-jwt 401 [opaque] {"error":"Not enough or too many segments"}
token-revoked 401 {"error":"revoked token"}
- 401 {"message":"Unauthenticated."}
scope-insufficient 403 {"message":"Invalid scope(s) provided."}
signature-wrong 401 {"error":"access_denied","error_description":"The resource owner or authorization server denied the request.","hint":"Access token could not be verified","message":"The resource owner or authorization server denied the request."}
token-revoked 401 {"error":"access_denied","error_description":"The resource owner or authorization server denied the request.","hint":"Access token has been revoked","message":"The resource owner or authorization server denied the request."}
no-credentials 401 [nothing] {"error":"access_denied","error_description":"The resource owner or authorization server denied the request.","hint":"Missing \"Authorization\" header","message":"x"}
csrf-protection 419 {"message":"CSRF token mismatch."}
no-credentials 401 [nothing] {"detail":"Authentication credentials were not provided."} <- Bearer realm="api"
scheme-wrong? 401 {"detail":"Authentication credentials were not provided."}
token-unknown 401 {"detail":"Given token not valid for any token type","code":"token_not_valid","messages":[{"token_class":"AccessToken","token_type":"access","message":"Token is invalid or expired"}]} <- Bearer realm="api"
user-needed 401 {"detail":"User not found","code":"user_not_found"}
user-needed 401 {"detail":"Token contained no recognizable user identification","code":"token_not_valid"}
role-missing 403 {"detail":"You do not have permission to perform this action."}
scheme-wrong 401 {"detail":"Authentication credentials were not provided."} <- Token
no-credentials 403 [nothing] {"detail":"Not authenticated"}
no-credentials 401 [nothing] {"detail":"Not authenticated"} <- Bearer
- 401 {"detail":"Could not validate credentials"} <- Bearer
scope-insufficient 401 {"detail":"Not enough permissions"} <- Bearer scope="items"
- 401 - <- Bearer
- 401 {"_links":{"self":{"href":"/x","templated":false}},"_embedded":{"errors":[{"message":"Unauthorized"}]},"message":"Unauthorized"}
exception? 500 {"details":"Error id 1-2","stack":""}
audience-other 401 - <- Bearer error="invalid_token", error_description="The audience 'https://x' is invalid"
issuer-other 401 - <- Bearer error="invalid_token", error_description="The issuer 'https://x' is invalid"
key-unknown 401 - <- Bearer error="invalid_token", error_description="The signature key was not found"
token-expired 401 - <- Bearer error="invalid_token", error_description="The token expired at '01/01/2024 00:00:00'"
- 401 - <- Bearer error="invalid_token"
- 401 {"type":"https://tools.ietf.org/html/rfc9110#section-15.5.2","title":"Unauthorized","status":401,"traceId":"00-1"}
scope-insufficient 403 - <- Bearer error="insufficient_scope"
signature-wrong 401 {"error":"token signature is invalid: crypto/rsa: verification error"}
token-expired 401 {"error":"token has invalid claims: token is expired"}
token-not-yet-valid 401 {"error":"token has invalid claims: token is not valid yet"}
token-not-yet-valid 401 {"error":"token has invalid claims: token used before issued"}
audience-other 401 {"error":"token has invalid claims: token has invalid audience"}
issuer-other 401 {"error":"token has invalid claims: token has invalid issuer"}
token-not-jwt 401 [opaque] {"error":"token is malformed: token contains an invalid number of segments"}
algorithm-other 401 [rs384] {"error":"token is unverifiable: error while executing keyfunc: unexpected signing method: RS384"}
signature-wrong 401 oidc: failed to verify signature: failed to verify id token signature
audience-other 401 oidc: expected audience "x" got ["y"]
issuer-other 401 oidc: id token issued by a different provider, expected "https://a" got "https://b"
token-expired 401 oidc: token is expired (Token Expiry: 2024-01-01 00:00:00)
algorithm-other 401 [rs384] oidc: id token signed with unsupported algorithm, expected ["RS256"] got "RS384"
exp-missing 401 [noexp] {"error":"token is missing required claim: exp claim is required"}
signature-wrong 401 {"msg":"Signature verification failed"}
token-not-jwt 422 [opaque] {"msg":"Not enough segments"}
token-expired 401 {"msg":"Token has expired"}
no-credentials 401 [nothing] {"msg":"Missing Authorization Header"}
audience-other 401 {"msg":"Audience doesn't match"}
scheme-wrong? 401 {"msg":"Bad Authorization header. Expected 'Authorization: Bearer <JWT>'"}
claim-missing 422 {"msg":"Missing claim: sub"}
key-unknown 401 {"detail":"Unable to find a signing key that matches: \"k1\""}
metadata-not-fetched 401 {"detail":"Fail to fetch data from the url, err: \"<urlopen error timed out>\""}
signature-wrong 401 {"error":"signature_error"}
token-not-jwt 401 [opaque] {"error":"token_malformed"}
token-expired 401 {"error":"token_expired"}
audience-other 401 {"error":"invalid_audience"}
issuer-other 401 {"error":"invalid_issuer"}
no-credentials 401 [nothing] {"error":"unauthenticated"}
token-expired 401 {"message":"JWT expired at 2024-01-01T00:00:00Z. Current time: 2024-01-01T01:00:00Z, a difference of 3600 milliseconds. Allowed clock skew: 0 milliseconds."}
signature-wrong 401 {"message":"JWT signature does not match locally computed signature. JWT validity cannot be asserted and should not be trusted."}
token-not-jwt 401 [opaque] {"message":"JWT strings must contain exactly 2 period characters. Found: 1"}
audience-other 401 {"message":"The Claim 'aud' value doesn't contain the required audience."}
issuer-other 401 {"message":"The Claim 'iss' value doesn't match the required issuer."}
token-expired 401 {"message":"The Token has expired on 2024-01-01T00:00:00Z."}
signature-wrong 401 {"message":"The Token's Signature resulted invalid when verified using the Algorithm: SHA256withRSA"}
algorithm-other 401 {"message":"The provided Algorithm doesn't match the one defined in the JWT's Header."}
audience-other 401 - <- Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: The aud claim is not valid", error_uri="x"
issuer-other 401 - <- Bearer error="invalid_token", error_description="The iss claim is not valid", error_uri="x"
token-not-jwt 401 [opaque] - <- Bearer error="invalid_token", error_description="Invalid JWT serialization: Missing dot delimiter(s)", error_uri="x"
token-not-jwt 401 [opaque] - <- Bearer error="invalid_token", error_description="Bearer token is malformed", error_uri="x"
token-expired 401 - <- Bearer error="invalid_token", error_description="Jwt expired at 2024-01-01T00:00:00Z", error_uri="x"
metadata-not-fetched 401 - <- Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Couldn't retrieve remote JWK set: Read timed out"
audience-other 401 - <- Bearer error="invalid_token", error_description="This aud claim is not equal to the configured audience"
token-not-active 401 - <- Bearer error="invalid_token", error_description="Provided token isn't active"
issuer-other 401 {"error":"UnauthorizedError","message":"Token issuer doesn't match"}
`)

describe('a library of an API says why', () => {
  it.each(lines)('%s', (line) => {
    expect(told(line)).toBe(wantedOf(line))
  })
})
