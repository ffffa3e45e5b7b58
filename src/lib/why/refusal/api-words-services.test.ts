import { describe, expect, it } from 'vitest'
import { linesOf, told, wantedOf } from './words-testing.ts'

const lines = linesOf(String.raw`
audience-other 401 {"error":{"code":"InvalidAuthenticationToken","message":"Access token validation failure. Invalid audience.","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
token-not-jwt 401 [opaque] {"error":{"code":"InvalidAuthenticationToken","message":"CompactToken parsing failed with error code: 80049217","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
token-expired 401 {"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed, the token is expired.","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
token-expired 401 [expired] {"error":{"code":"InvalidAuthenticationToken","message":"Access token has expired or is not yet valid.","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
no-credentials 401 [nothing] {"error":{"code":"InvalidAuthenticationToken","message":"Access token is empty.","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
role-missing 403 {"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation.","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
signature-wrong 401 {"error":{"code":"InvalidAuthenticationToken","message":"Signature is invalid.","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
key-unknown 401 {"error":{"code":"InvalidAuthenticationToken","message":"IDX10501: Signature validation failed. Unable to match key: kid: 'k1'","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
path-unknown 404 {"error":{"code":"ResourceNotFound","message":"Resource could not be discovered.","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
path-unknown 400 {"error":{"code":"BadRequest","message":"Resource not found for the segment 'foo'.","innerError":{"date":"2024-01-01T00:00:00","request-id":"x"}}}
role-missing 403 {"error":{"code":"AuthorizationFailed","message":"The client 'x' with object id 'x' does not have authorization to perform action 'Microsoft.Resources/read' over scope '/subscriptions/1' or the scope is invalid."}}
audience-other 401 {"error":{"code":"InvalidAuthenticationTokenAudience","message":"The access token has been obtained for wrong audience or resource 'api://x'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.azure.com/'."}}
issuer-other 401 {"error":{"code":"InvalidAuthenticationTokenTenant","message":"The access token is from the wrong issuer 'https://sts.windows.net/1/'. It must match the tenant 'https://sts.windows.net/2/' associated with this subscription."}}
no-credentials 401 [nothing] {"error":{"code":"AuthenticationFailed","message":"Authentication failed. The 'Authorization' header is missing."}}
token-expired 401 {"error":{"code":"ExpiredAuthenticationToken","message":"The access token expiry UTC time '1/1/2024 0:00:00 AM' is earlier than current UTC time '1/1/2024 1:00:00 AM'."}}
signature-wrong 200 {"errors":[{"extensions":{"path":"$","code":"invalid-jwt"},"message":"Could not verify JWT: JWSError JWSInvalidSignature"}]}
token-expired 200 {"errors":[{"extensions":{"path":"$","code":"invalid-jwt"},"message":"Could not verify JWT: JWTExpired"}]}
audience-other 200 {"errors":[{"extensions":{"path":"$","code":"invalid-jwt"},"message":"Could not verify JWT: JWTNotInAudience"}]}
issuer-other 200 {"errors":[{"extensions":{"path":"$","code":"invalid-jwt"},"message":"Could not verify JWT: JWTNotInIssuer"}]}
claim-missing 200 {"errors":[{"extensions":{"path":"$","code":"jwt-missing-role-claims"},"message":"JWT claims: \"https://hasura.io/jwt/claims\" key not found"}]}
no-credentials 200 [nothing] {"errors":[{"extensions":{"path":"$","code":"invalid-headers"},"message":"Missing 'Authorization' or 'Cookie' header in JWT authentication mode"}]}
header-other 200 {"errors":[{"extensions":{"path":"$","code":"access-denied"},"message":"x-hasura-admin-secret/x-hasura-access-key required, but not found"}]}
signature-wrong 401 {"code":"PGRST301","details":null,"hint":null,"message":"JWSError JWSInvalidSignature"}
token-expired 401 {"code":"PGRST301","details":null,"hint":null,"message":"JWT expired"} <- Bearer error="invalid_token", error_description="JWT expired"
token-expired 401 {"code":"PGRST303","details":null,"hint":null,"message":"JWT expired"}
audience-other 401 {"code":"PGRST303","details":null,"hint":null,"message":"JWT not in audience"}
key-unknown 401 {"code":"PGRST301","details":null,"hint":null,"message":"No suitable key or wrong key type"}
token-not-jwt 401 [opaque] {"code":"PGRST301","message":"JWSError (CompactDecodeError Invalid number of parts: Expected 3 parts; got 2)"}
role-missing 403 {"code":"42501","details":null,"hint":null,"message":"permission denied for table todos"}
path-unknown 404 {"code":"PGRST205","message":"Could not find the table 'public.x' in the schema cache"}
header-other 401 {"message":"No API key found in request","hint":"No ’apikey’ request header or url param was found."}
api-key-wrong 401 {"message":"Invalid API key","hint":"Double check your Supabase ’anon’ or ’service_role’ API key."}
- 401 {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}
role-missing 403 {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods is forbidden: User \"system:serviceaccount:x:y\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"","reason":"Forbidden","code":403}
no-credentials 403 [nothing] {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"forbidden: User \"system:anonymous\" cannot get path \"/\"","reason":"Forbidden","code":403}
path-unknown 404 {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server could not find the requested resource","reason":"NotFound","code":404}
token-not-active? 401 [{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]
api-not-open 403 [{"message":"The REST API is not enabled for this Organization.","errorCode":"API_DISABLED_FOR_ORG"}]
path-unknown 404 [{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]
rate-limited 403 [{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]
role-missing 403 [{"message":"insufficient access rights on object id","errorCode":"INSUFFICIENT_ACCESS_OR_READONLY"}]
token-unknown 401 {"errorCode":"E0000011","errorSummary":"Invalid token provided","errorLink":"E0000011","errorId":"oae","errorCauses":[]}
role-missing 403 {"errorCode":"E0000006","errorSummary":"You do not have permission to perform the requested action","errorLink":"E0000006","errorId":"oae","errorCauses":[]}
scope-insufficient 403 {"error":"insufficient_scope","error_description":"The access token provided does not contain the required scopes."}
- 401 {"errorCode":"E0000004","errorSummary":"Authentication failed","errorLink":"E0000004","errorId":"oae","errorCauses":[]}
path-unknown 404 {"errorCode":"E0000007","errorSummary":"Not found: Resource not found: me (User)","errorLink":"E0000007","errorId":"oae","errorCauses":[]}
http-method 405 {"errorCode":"E0000022","errorSummary":"The endpoint does not support the provided HTTP method","errorLink":"E0000022","errorId":"oae","errorCauses":[]}
rate-limited 429 {"errorCode":"E0000047","errorSummary":"API call exceeded rate limit due to too many requests.","errorLink":"E0000047","errorId":"oae","errorCauses":[]}
scope-insufficient 403 {"statusCode":403,"error":"Forbidden","message":"Insufficient scope, expected any of: read:users","errorCode":"insufficient_scope"}
audience-other 401 {"statusCode":401,"error":"Unauthorized","message":"Bad audience: https://api.example","attributes":{"error":"Bad audience: https://api.example"}}
token-expired 401 {"statusCode":401,"error":"Unauthorized","message":"Expired token received for JSON Web Token validation","attributes":{"error":"Invalid token","x":"1"}} <- Bearer error="Invalid token"
signature-wrong 401 {"statusCode":401,"error":"Unauthorized","message":"Invalid signature received for JSON Web Token validation","attributes":{"error":"Invalid signature received for JSON Web Token validation"}}
token-not-jwt 401 [opaque] {"statusCode":401,"error":"Unauthorized","message":"Invalid token","attributes":{"error":"Invalid token"}}
- 200 {"errors":[{"message":"Not authenticated","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}
role-missing 200 {"errors":[{"message":"Not authorized","extensions":{"code":"FORBIDDEN"}}],"data":null}
token-expired 200 {"errors":[{"message":"Context creation failed: jwt expired","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}
no-credentials 200 [nothing] {"errors":[{"message":"You must be logged in","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}
token-expired 401 {"errors":[{"errorType":"UnauthorizedException","message":"Token has expired."}]}
role-missing 200 {"data":null,"errors":[{"errorType":"Unauthorized","message":"Not Authorized to access listThings on type Query"}]}
token-unknown 401 {"message":"Bad credentials","documentation_url":"https://docs.github.com/rest"}
role-missing 403 {"message":"Resource not accessible by integration","documentation_url":"x"}
token-unknown 200 {"ok":false,"error":"invalid_auth"}
scope-insufficient 200 {"ok":false,"error":"missing_scope","needed":"chat:write","provided":"read"}
token-expired 200 {"ok":false,"error":"token_expired"}
token-revoked 200 {"ok":false,"error":"token_revoked"}
no-credentials 200 [nothing] {"ok":false,"error":"not_authed"}
token-expired 401 {"code":124,"message":"Access token is expired."}
scope-insufficient 400 {"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:list_users:admin]."}
scope-insufficient 401 {"code":401,"message":"Unauthorized; scope does not match"}
header-other 401 {"error":"Invalid client id or secret"}
header-other 401 {"httpCode":"401","httpMessage":"Unauthorized","moreInformation":"Invalid client id or secret."}
audience-other 403 {"message":"JWT audience mismatch"}
token-expired 401 {"message":"Access Token has expired"}
token-revoked 400 {"__type":"NotAuthorizedException","message":"Access Token has been revoked"}
token-unknown 400 {"__type":"NotAuthorizedException","message":"Invalid Access Token"}
scope-insufficient 403 {"message":"Unauthorized; scope does not match"}
audience-other 401 {"code":"unauthorized","message":"Token audience does not match"}
`)

describe('a service or a database says why', () => {
  it.each(lines)('%s', (line) => {
    expect(told(line)).toBe(wantedOf(line))
  })
})
