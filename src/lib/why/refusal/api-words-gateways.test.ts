import { describe, expect, it } from 'vitest'
import { linesOf, told, wantedOf } from './words-testing.ts'

const lines = linesOf(String.raw`
- 401 - <- Bearer, error="invalid_token", error_description="The access token provided is expired, revoked, malformed, or invalid for other reasons."
token-expired 401 [expired] - <- Bearer, error="invalid_token", error_description="The access token provided is expired, revoked, malformed, or invalid for other reasons."
key-unknown 401 - <- Bearer error="invalid_token", error_description="Signed JWT rejected: Another algorithm expected, or no matching key(s) found", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"
algorithm-other? 401 [rs384] - <- Bearer error="invalid_token", error_description="Signed JWT rejected: Another algorithm expected, or no matching key(s) found", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"
header-other 401 {"statusCode":401,"message":"Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."}
api-key-wrong 401 {"statusCode":401,"message":"Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription."}
- 401 {"statusCode":401,"message":"Unauthorized. Access token is missing or invalid."}
rate-limited 429 {"statusCode":429,"message":"Rate limit is exceeded. Try again in 12 seconds."}
path-unknown 404 {"statusCode":404,"message":"Resource not found"}
issuer-other 401 {"message":"No credentials found for given 'iss'"}
issuer-other 403 {"message":"No credentials found for given 'iss'"}
issuer-missing 401 [noiss] {"message":"No mandatory 'iss' in claims"}
signature-wrong 401 {"message":"Invalid signature"}
algorithm-other 401 {"message":"Invalid algorithm"}
algorithm-other 403 {"message":"Invalid algorithm"}
token-expired 401 {"exp":"token expired"}
token-not-yet-valid 401 {"nbf":"token not valid yet"}
header-other 401 {"message":"No API key found in request"} <- Key realm="kong"
header-other 401 {"message":"No API key found in request"}
path-unknown 404 {"message":"no Route matched with those values"}
path-unknown 404 {"message":"no Route matched with those values","request_id":"3b"}
token-not-jwt 401 [opaque] {"message":"Bad token; invalid JSON"}
role-missing 403 {"message":"You cannot consume this service"}
gateway-refuses 403 {"message":"Your IP address is not allowed"}
gateway-no-response 502 {"message":"An invalid response was received from the upstream server"}
- 401 [x-amzn-errortype:UnauthorizedException] {"message":"Unauthorized"}
role-missing 403 [x-amzn-errortype:AccessDeniedException] {"Message":"User is not authorized to access this resource"}
role-missing 403 [x-amzn-errortype:AccessDeniedException] {"Message":"User is not authorized to access this resource with an explicit deny"}
path-unknown 403 [x-amzn-errortype:MissingAuthenticationTokenException] {"message":"Missing Authentication Token"}
scheme-wrong? 403 [x-amzn-errortype:IncompleteSignatureException] {"message":"'eyJ' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer eyJ'."}
scheme-wrong? 403 [x-amzn-errortype:IncompleteSignatureException] {"message":"Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=Bearer x"}
header-other? 403 [x-amzn-errortype:ForbiddenException] {"message":"Forbidden"}
token-expired 401 [x-amzn-errortype:UnauthorizedException] {"message":"The incoming token has expired"}
rate-limited 429 [x-amzn-errortype:LimitExceededException] {"message":"Limit Exceeded"}
rate-limited 429 [x-amzn-errortype:TooManyRequestsException] {"message":"Too Many Requests"}
exception 500 [x-amzn-errortype:AuthorizerConfigurationException] {"message":null}
audience-other 401 {"message":"Unauthorized"} <- Bearer scope="" error="invalid_token" error_description="the token has an invalid audience"
issuer-other 401 {"message":"Unauthorized"} <- Bearer scope="" error="invalid_token" error_description="the token has an invalid issuer"
scope-insufficient 403 {"message":"Forbidden"} <- Bearer scope="write" error="insufficient_scope" error_description="the token does not have the required scope"
token-not-jwt 401 [opaque] {"message":"Unauthorized"} <- Bearer scope="" error="invalid_token" error_description="invalid number of segments"
key-unknown 401 {"message":"Unauthorized"} <- Bearer scope="" error="invalid_token" error_description="unable to find a signing key that matches"
scope-insufficient 403 {"error":{"code":403,"message":"Request had insufficient authentication scopes.","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT","domain":"googleapis.com","metadata":{"service":"x","method":"y"}}]}} <- Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="https://www.googleapis.com/auth/cloud-platform"
scope-insufficient 403 {"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}
api-key-wrong 400 {"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}
token-expired 401 {"error":{"code":401,"message":"Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.","status":"UNAUTHENTICATED","details":[{"reason":"ACCESS_TOKEN_EXPIRED"}]}}
api-not-open 403 {"error":{"code":403,"message":"Cloud Translation API has not been used in project 123 before or it is disabled. Enable it by visiting https://console","status":"PERMISSION_DENIED","details":[{"reason":"SERVICE_DISABLED"}]}}
role-missing 403 {"error":{"code":403,"message":"Permission 'storage.buckets.list' denied on resource '//x' (or it may not exist).","status":"PERMISSION_DENIED","details":[{"reason":"IAM_PERMISSION_DENIED"}]}}
role-missing 403 {"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}}
audience-other 403 {"code":403,"message":"Audiences in Jwt are not allowed"}
issuer-other 401 {"code":16,"message":"JWT validation failed: Issuer not allowed"}
audience-other 401 {"code":16,"message":"JWT validation failed: Audience not allowed"}
signature-wrong 401 {"code":16,"message":"JWT validation failed: BAD_SIGNATURE"}
token-expired 401 {"code":16,"message":"JWT validation failed: TIME_CONSTRAINT_FAILURE: JWT has expired"}
token-unknown 401 {"fault":{"faultstring":"Invalid access token","detail":{"errorcode":"oauth.v2.InvalidAccessToken"}}}
token-unknown 401 {"fault":{"faultstring":"Invalid Access Token","detail":{"errorcode":"keymanagement.service.invalid_access_token"}}}
token-expired 401 {"fault":{"faultstring":"Access Token expired","detail":{"errorcode":"keymanagement.service.access_token_expired"}}}
api-key-wrong 401 {"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}
header-other 401 {"fault":{"faultstring":"Failed to resolve API Key variable request.queryparam.apikey","detail":{"errorcode":"steps.oauth.v2.FailedToResolveAPIKey"}}}
api-not-open 403 {"fault":{"faultstring":"Invalid API call as no apiproduct match found","detail":{"errorcode":"keymanagement.service.InvalidAPICallAsNoApiProductMatchFound"}}}
scope-insufficient 403 {"fault":{"faultstring":"Required scope(s) : write","detail":{"errorcode":"keymanagement.service.InsufficientScope"}}}
audience-other 401 {"fault":{"faultstring":"Invalid Claim: policy(JWT-Verify-1) aud","detail":{"errorcode":"steps.jwt.JwtAudienceMismatch"}}}
issuer-other 401 {"fault":{"faultstring":"Invalid Claim: policy(V)","detail":{"errorcode":"steps.jwt.JwtIssuerMismatch"}}}
token-expired 401 {"fault":{"faultstring":"Jwt expired: policy(V)","detail":{"errorcode":"steps.jwt.TokenExpired"}}}
algorithm-other 401 {"fault":{"faultstring":"Algorithm mismatch: policy(V)","detail":{"errorcode":"steps.jwt.AlgorithmMismatch"}}}
key-unknown 401 {"fault":{"faultstring":"Matching key not found: policy(V)","detail":{"errorcode":"steps.jwt.NoMatchingPublicKey"}}}
token-not-jwt 401 [opaque] {"fault":{"faultstring":"Failed to Decode Token: policy(V)","detail":{"errorcode":"steps.jwt.FailedToDecode"}}}
signature-wrong 401 {"fault":{"faultstring":"Invalid token: policy(V)","detail":{"errorcode":"steps.jwt.InvalidSignature"}}}
rate-limited 429 {"fault":{"faultstring":"Rate limit quota violation. Quota limit  exceeded. Identifier : x","detail":{"errorcode":"policies.ratelimit.QuotaViolation"}}}
rate-limited 429 {"fault":{"faultstring":"Spike arrest violation. Allowed rate : 1ps","detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}}
path-unknown 404 {"fault":{"faultstring":"Unable to identify proxy for host: secure and url: /x","detail":{"errorcode":"messaging.adaptors.http.flow.ApplicationNotFound"}}}
token-unknown 401 {"code":"900901","message":"Invalid Credentials","description":"Access failure for API: /x, version: 1 status: (900901) - Invalid Credentials. Make sure you have provided the correct security credentials"}
token-unknown 401 {"code":"900901","message":"Invalid Credentials","description":"Invalid Credentials. Make sure you have provided the correct security credentials"}
no-credentials 401 [nothing] {"code":"900902","message":"Missing Credentials","description":"Invalid Credentials. Make sure your API invocation call has a header: 'Authorization : Bearer ACCESS_TOKEN' or 'Authorization : Basic ACCESS_TOKEN' or 'apikey: API_KEY'"}
token-expired 401 {"code":"900903","message":"Access Token Expired","description":"Renew the access token and try again"}
token-not-active 401 {"code":"900904","message":"Access Token Inactive","description":"Generate a new access token and try again"}
user-needed 403 {"code":"900905","message":"Incorrect Access Token Type is provided","description":"The access token type used is not supported when invoking the API"}
path-unknown 404 {"code":"900906","message":"No matching resource found in the API for the given request","description":"Check the API documentation and add a proper REST resource path to the invocation URL"}
api-not-open 403 {"code":"900908","message":"Resource forbidden ","description":"Access failure for API: /x, version: 1. User is NOT authorized to access the Resource. API Subscription validation failed."}
scope-insufficient 403 {"code":"900910","message":"The access token does not allow you to access the requested resource","description":"User is NOT authorized to access the Resource: /x. Scope validation failed."}
rate-limited 429 {"code":"900802","message":"Message throttled out","description":"You have exceeded your quota"}
no-credentials 401 [nothing] {"error":"Authorization field missing"}
scheme-wrong? 401 {"error":"Authorization field missing"}
role-missing 403 {"error":"Access to this API has been disallowed"}
token-unknown 403 {"error":"Key not authorised"}
token-unknown 403 {"error":"Key not authorized"}
token-expired 401 {"error":"Key has expired, please renew"}
rate-limited 429 {"error":"API Rate Limit Exceeded"}
rate-limited 403 {"error":"Quota exceeded"}
- 401 {"message":"Unauthorized","http_status_code":401}
path-unknown 404 No context-path matches the request URI.
header-other 401 {"message":"No API Key has been specified in headers (X-Gravitee-Api-Key) or query parameters (api-key).","http_status_code":401}
- 401 Unauthorized
path-unknown 404 404 page not found
gateway-no-response 502 Bad Gateway
scheme-wrong? 401 Jwt is missing
issuer-other 401 Jwt issuer is not configured
signature-wrong 401 Jwt verification fails
key-unknown 401 Jwks doesn't have key to match kid or alg from Jwt
audience-other 401 Audiences in Jwt are not allowed
token-expired 401 Jwt is expired
token-not-yet-valid 401 Jwt not yet valid
token-not-jwt 401 [opaque] Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections
token-not-jwt 401 [opaque] Jwt header is an invalid Base64url encoded
metadata-not-fetched 401 Jwks remote fetch is failed
metadata-not-fetched 401 Jwks doesn't have any valid public key
algorithm-other 401 Jwt header [alg] is not supported
no-credentials 401 [nothing] Jwt is missing
algorithm-other? 401 [rs384] Jwks doesn't have key to match kid or alg from Jwt
role-missing 403 RBAC: access denied
signature-wrong 401 {"status":401,"message":"JWT signature verification failed"}
`)

describe('a gateway before an API says why', () => {
  it.each(lines)('%s', (line) => {
    expect(told(line)).toBe(wantedOf(line))
  })
})
