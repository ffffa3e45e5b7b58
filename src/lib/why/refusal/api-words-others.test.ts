import { describe, expect, it } from 'vitest'
import { linesOf, told, wantedOf } from './words-testing.ts'

const lines = linesOf(String.raw`
audience-other 401 {"message":"Unauthorized"} <- Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"
- 401 {"error_message":"Unclassified Authentication Failure","code":"900900","error_description":"Unclassified Authentication Failure"}
scope-insufficient 403 {"code":"900910","message":"The access token does not allow you to access the requested resource","description":"User is NOT authorized to access the Resource. Scope validation failed."}
api-not-open 403 {"code":"900908","message":"Resource forbidden ","description":"User is NOT authorized to access the Resource. API Subscription validation failed."}
role-missing 403 {"code":"403","message":"Configured claim and claim sent in token do not match.","description":""}
issuer-other 401 {"message":"JWT Validation Failed: IDX10205: Issuer validation failed. Issuer: 'https://login.microsoftonline.com/2f/v2.0'. Did not match: validationParameters.ValidIssuer: '' or validationParameters.ValidIssuers: 'https://sts.windows.net/2f/'.."}
- 401 {"statusCode":401,"message":"Unauthorized. Access token is missing or invalid."}
- 401 {"detail":"IDX12709: CanReadToken() returned false. JWT is not well formed"}
- 401 {"detail":"Token contains invalid claims"}
token-expired 403 {"error_msg":"token expired","success":false}
signature-wrong 403 {"error_msg":"invalid signature","success":false}
algorithm-other 403 {"error_msg":"unknown algorithm error","success":false}
- 401 Invalid token header. No credentials provided.
- 401 {"detail":"Invalid token header. Token string should not contain spaces."}
role-missing 403 {"detail":"You do not have permission to perform this action."}
scope-insufficient 403 {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Insufficient scope: events:write required"}} <- Bearer error="insufficient_scope", scope="events:write", resource_metadata="https://example.com/.well-known/oauth-protected-resource"
role-missing 403 {"error":"Forbidden","message":"Forbidden: insufficient permissions to access this MCP resource"} <- Bearer resource_metadata="http://a/x", scope="booking:write", error="invalid_token", error_description="Forbidden: insufficient permissions to access this MCP resource"
- 401 {"error":"invalid_token","error_description":"Token has no expiration time"}
token-expired 401 {"error":"invalid_token","error_description":"Token has expired"}
header-other 401 {"message":"No API key found in request"}
api-key-wrong 401 {"message":"Invalid authentication credentials"} <- Key realm="kong"
token-expired 401 {"exp":"token expired"}
token-not-yet-valid 401 {"nbf":"token not valid yet"}
issuer-other 401 {"message":"No credentials found for given 'iss'"}
role-missing 403 {"message":"You cannot consume this service"}
- 401 {"error":"invalid_token","error_description":"The access token is invalid or has expired"}
token-unknown 401 {"fault":{"faultstring":"Invalid Access Token","detail":{"errorcode":"keymanagement.service.invalid_access_token"}}}
token-expired 401 {"fault":{"faultstring":"Access Token expired","detail":{"errorcode":"keymanagement.service.access_token_expired"}}}
api-not-open 401 {"fault":{"faultstring":"Invalid API call as no apiproduct match found","detail":{"errorcode":"keymanagement.service.InvalidAPICallAsNoApiProductMatchFound"}}}
gateway-refuses 403 {"fault":{"faultstring":"Access Denied for client ip : 52.211.243.3","detail":{"errorcode":"steps.accesscontrol.IPDeniedAccess"}}}
role-missing 403 {"error":"Access to this API has been disallowed"}
- 401 {"error":"Authorization field missing"}
signature-wrong 401 Jwt verification fails
issuer-other 401 Jwt issuer is not configured
audience-other 403 Audiences in Jwt are not allowed
role-missing 403 RBAC: access denied
token-expired 401 Jwt is expired
- 401 Jwt is missing
metadata-not-fetched 401 Jwks remote fetch is failed
signature-wrong 401 {"error":"JsonWebTokenError","message":"invalid signature"}
- 401 {"name":"JsonWebTokenError","message":"jwt malformed"}
audience-other 401 {"message":"jwt audience invalid. expected: https://api.other"}
token-not-yet-valid 401 {"message":"jwt not active"}
algorithm-other 401 {"message":"invalid algorithm"}
key-unknown 500 {"message":"Unable to find a signing key that matches 'k1'"}
audience-other 401 {"error":"invalid_token","error_description":"unexpected \"aud\" claim value"}
signature-wrong 401 {"code":"ERR_JWS_SIGNATURE_VERIFICATION_FAILED","message":"signature verification failed"}
scope-insufficient 401 {"message":"missing required \"scope\" claim"}
issuer-other 401 {"code":"token_not_valid","detail":"Given token not valid for any token type","messages":[{"message":"Invalid issuer"}]}
audience-other 401 {"error":"invalid_token","error_description":"The token is not expired, but its audience is not this API"}
scope-insufficient 403 {"message":"Token is valid, but lacks the scope write"}
role-missing 403 {"message":"Signature ok, audience ok, role \"admin\" missing"}
signature-wrong 401 {"message":"Not an expiry problem: the signature could not be verified"}
issuer-other 401 {"message":"aud is fine; iss https://as.example is not trusted"}
token-expired 401 {"errors":[{"message":"Token expired","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}
scope-insufficient 200 {"errors":[{"message":"Insufficient scope","extensions":{"code":"FORBIDDEN"}}],"data":null}
token-expired 401 {"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed, the token is expired."}}
- 401 [{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]
token-expired 401 <Fault xmlns="http://schemas.microsoft.com/ws/2005/05/envelope/none"><Code>401</Code><Reason>The token has expired</Reason></Fault>
token-expired 401 {"message":"TOKEN EXPIRED"}
token-expired 401 - <- Bearer error='invalid_token', error_description='The token has expired'
token-expired 401 - <- Bearer realm="api" error="invalid_token" error_description="The token "eyJ.." expired at 10:00"
scope-insufficient 401 - <- Bearer, error=insufficient_scope, scope=write
- 401 - <- Bearer
nonce-demanded 401 [dpop dpop-nonce:abc] - <- DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof"
proof-ath-missing 401 [dpop] {"error":"invalid_dpop_proof","error_description":"ath does not match the hash of the access token"}
proof-key-missing 401 [dpop] {"error":"invalid_token","error_description":"The jkt of the token does not match the proof key"}
scheme-wrong 401 {"error":"invalid_token","error_description":"DPoP-bound token presented with Bearer scheme"}
scheme-wrong 401 - <- Basic realm="api"
header-other 401 {"message":"Missing header X-Api-Key"}
user-needed 403 {"message":"This endpoint requires a user context; app-only tokens are not allowed"}
rate-limited 429 {"message":"API calls quota exceeded! maximum admitted 100 per 1m."}
path-unknown 404 {"message":"no Route matched with those values"}
gateway-no-response 502 {"message":"An invalid response was received from the upstream server"}
csrf-protection 403 {"detail":"CSRF Failed: CSRF token missing."}
token-revoked 401 {"error":{"message":"The access token has been revoked by the administrator"}}
token-not-jwt 401 [opaque] {"message":"Opaque tokens are not supported by this API"}
typ-not-valid 401 {"error":"invalid_token","error_description":"JWT type is not at+jwt"}
typ-not-valid 401 {"message":"ID tokens are not accepted, send an access token"}
signature-wrong 401 {"message":"The token is not expired, but the signature does not verify"}
scope-insufficient 403 {"message":"Valid token, wrong scope"}
scope-insufficient 403 {"error":"insufficient_scope","error_description":"audience ok, issuer ok, scope write missing"}
- 401 {"message":"Token is missing, expired or has been revoked"}
- 401 {"message":"Check that your token has not expired and that the audience is correct"}
- 401 {"message":"Please make sure the token is valid, not expired, and issued for this API"}
- 401 {"error":"invalid_token","error_description":"Signature, issuer, audience or lifetime validation failed"}
audience-other 401 {"message":"Token signature verified, but audience mismatch"}
token-expired 401 {"error":"invalid_token","error_description":"The token was valid until 2024-01-01T00:00:00Z and is expired"}
token-expired 401 {"error":{"type":"OAuthException","code":190,"message":"Error validating access token: Session has expired on Monday"}}
token-expired 401 {"errorCode":"TOKEN_EXPIRED","errorMessage":""}
issuer-other 401 {"message":"Token issuer https://as.example is not accepted here"}
issuer-other 401 {"error":"issuer_mismatch"}
audience-other 403 {"fault":{"faultstring":"Invalid audience in token","detail":{"errorcode":"steps.jwt.JwtAudienceMismatch"}}}
token-expired 401 {"fault":{"faultstring":"Token has expired: policy(Verify-JWT)","detail":{"errorcode":"steps.jwt.TokenExpired"}}}
role-missing 403 {"message":"User doesn't have the required role: admin"}
scope-insufficient 403 {"message":"Required scope 'write' not found in token"}
scope-insufficient 401 {"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token."}
- 401 {"message":"Authorization header not found"}
- 401 {"detail":"Could not validate credentials"}
- 401 {"detail":"Not authenticated"}
token-expired 401 - <- Bearer error="invalid_token", error_description="The token expired at '01/01/2024 00:00:00'"
audience-other 401 - <- Bearer error="invalid_token", error_description="The audience 'https://api.example' is invalid"
- 401 - <- Bearer error="invalid_token"
scope-insufficient 403 - <- Bearer scope="write" error="insufficient_scope"
scope-insufficient 403 - <- Bearer realm="x",error=insufficient_scope,error_description=Scope write needed
proof-missing 401 - <- DPoP error="invalid_token", error_description="DPoP proof missing"
header-other 401 {"statusCode":401,"message":"Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."}
api-key-wrong 401 {"statusCode":401,"message":"Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription."}
user-needed 403 {"error":{"code":"Forbidden","message":"/me request is only valid with delegated authentication flow."}}
role-missing 403 {"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}}
- 403 <html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>
token-expired 400 {"code":400,"message":"JWT expired at 2024-01-01T00:00:00Z. Current time: 2024-01-02T00:00:00Z"}
signature-wrong 401 {"message":"JWT signature does not match locally computed signature. JWT validity cannot be asserted and should not be trusted."}
metadata-not-fetched 401 {"error":"invalid_token","error_description":"An error occurred while attempting to decode the Jwt: Couldn't retrieve remote JWK set: Connection refused"}
issuer-other 401 {"error":"invalid_token","error_description":"An error occurred while attempting to decode the Jwt: The iss claim is not valid"}
token-revoked 401 {"error":"invalid_token","error_description":"Token has been revoked"}
token-not-active 401 {"error":"invalid_token","error_description":"Provided token isn’t active"}
typ-not-valid 401 {"message":"Expected an access token, got an ID token"}
algorithm-other 401 {"message":"Algorithm ES256 not supported"}
token-expired 401 {"data":null,"errors":[{"extensions":{"code":"invalid-jwt"},"message":"Could not verify JWT: JWTExpired"}]}
claim-missing 401 {"message":"Missing claim: tenant_id"}
rate-limited 429 -
- 500 {"message":"Internal Server Error"}
path-unknown 404 {"detail":"Not Found"}
origin-refused 403 {"message":"Origin http://localhost is not allowed"}
`)

describe('an API says, under any name, of what is right and of what is not', () => {
  it.each(lines)('%s', (line) => {
    expect(told(line)).toBe(wantedOf(line))
  })
})
