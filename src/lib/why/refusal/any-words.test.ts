import { describe, expect, it } from 'vitest'
import { linesOf, told, wantedOf } from './words-testing.ts'

const lines = linesOf(String.raw`
client-unknown 401 {"error":"invalid_client","error_description":"A valid OAuth client could not be found for client_id: w_sNIcatiDplDKRibkIWgSH8w00b"}
- 401 {"error":"invalid_client","error_description":"Client credentials are invalid."}
- 401 {"ErrorCode":"invalid_client","Error":"ClientId is Invalid or Client Secret is Invalid"}
client-unknown 401 {"ErrorCode":"invalid_request","Error":"Invalid client id : AVD7ztXReEYyjpLFkkPiZpLEjeF2aYAz. ClientId is Invalid"}
client-id-missing 400 [nothing] {"ErrorCode":"invalid_request","Error":"The request is missing a required parameter : client_id"}
client-unknown 401 {"fault":{"faultstring":"Invalid client identifier {0}","detail":{"errorcode":"oauth.v2.InvalidClientIdentifier"}}}
grant-not-enabled 400 {"fault":{"faultstring":"Unsupported grant type : client_credentials","detail":{"errorcode":"oauth.v2.UnSupportedGrantType"}}}
client-disabled 401 {"fault":{"faultstring":"App m2m is not approved or revoked","detail":{"errorcode":"keymanagement.service.app_not_approved"}}}
client-disabled 401 {"fault":{"faultstring":"Developer Status is not Active","detail":{"errorcode":"keymanagement.service.DeveloperStatusNotActive"}}}
scope-unknown 400 {"error":"invalid_scope","error_description":"Unknown/invalid scope(s): [read]"}
no-credentials 400 [nothing] {"error":"invalid_client","error_description":"Client credentials were not found in the headers or body"}
grant-not-allowed 400 {"error":"unauthorized_client","error_description":"The authenticated client is not authorized to use this authorization grant type."}
assertion-audience 401 [assertion] {"error":"invalid_client","error_description":"The audience claim for client_assertion must be the endpoint invoked for the request."}
assertion-key-unknown 401 [assertion] {"error":"invalid_client","error_description":"The client_assertion JWT kid is invalid."}
assertion-signature 401 [assertion] {"error":"invalid_client","error_description":"The client_assertion signature is invalid."}
assertion-expired 401 [assertion] {"error":"invalid_client","error_description":"The client_assertion token is expired."}
assertion-lifetime 401 [assertion] {"error":"invalid_client","error_description":"'exp' claim must specify a time that is no more than 5 minutes after 'iat'"}
assertion-replayed 401 [assertion] {"error":"invalid_client","error_description":"client_assertion jti has already been used"}
assertion-audience 401 [assertion] {"error":"invalid_client","error_description":"client_assertion aud must match registered authorization server audience"}
assertion-claim-missing 401 [assertion] {"error":"invalid_client","error_description":"client_assertion exp is required"}
assertion-lifetime 401 [assertion] {"error":"invalid_client","error_description":"The client_assertion token has an expiration too far into the future."}
assertion-issuer 401 [assertion] {"error":"invalid_client","error_description":"The client_assertion 'iss' and 'sub' must both be the client_id"}
method-other 401 {"error":"invalid_client","error_description":"The client_assertion_type or client_assertion is missing. private_key_jwt is required for this client."}
method-other 401 {"error":"invalid_client","error_description":"Client authentication method client_secret_post is not allowed for this client; use client_secret_basic"}
method-other 401 {"error":"invalid_client","error_description":"The OAuth 2.0 Client supports client authentication method \"client_secret_basic\", but method \"client_secret_post\" was requested. You must configure the OAuth 2.0 client's \"token_endpoint_auth_method\" value to accept \"client_secret_post\"."}
secret-wrong 401 {"error":"access_denied","error_description":"The client secret supplied for a confidential client is invalid."}
client-unknown 401 {"error":"invalid_client","error_description":"Invalid value for 'client_id' parameter."}
- 401 {"error":"unauthorized","error_description":"Bad credentials"}
- 401 {"error":"invalid_client","error_description":"Client authentication failed"}
- 401 {"error":"invalid_client","error_description":"Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method."}
run-as-user-missing 400 {"error":"invalid_grant","error_description":"no client credentials user enabled"}
client-unknown 400 {"error":"invalid_client_id","error_description":"client identifier invalid"}
secret-wrong 400 {"error":"invalid_client","error_description":"invalid client credentials: bcrypt comparison failed"}
https-required 400 {"error":"invalid_request","error_description":"OAuth requests must be made over HTTPS"}
resource-not-sent 400 {"error":"invalid_request","error_description":"Missing required parameter: audience"}
resource-unknown 403 {"error":"access_denied","error_description":"Service not enabled within domain: https://api.example/"}
grant-not-allowed 403 {"error":"unauthorized_client","error_description":"Grant type 'client_credentials' not allowed for the client."}
resource-permission-missing 403 {"error":"access_denied","error_description":"Client is not authorized to access \"https://api.example/\". You need to create a \"client-grant\" associated to this API."}
- 401 {"error":"access_denied","error_description":"Unauthorized"}
scope-unknown 400 {"errorCode":"invalid_scope","errorSummary":"One or more scopes are not configured for the authorization server resource.","errorLink":"invalid_scope","errorId":"oae1","errorCauses":[]}
client-unknown 400 {"error":"invalid_client","error_description":"Invalid value for 'client_id' parameter.","errorId":"x"}
secret-wrong 401 {"error":"invalid_client","error_description":"The client is not disabled, but the secret does not match."}
scope-not-sent 400 [unscoped] {"error":"invalid_request","error_description":"Client secret ok, but scope is missing"}
scope-permission-missing 400 {"error":"invalid_scope","error_description":"The secret is not expired. Scope \"read\" is not allowed for this client."}
- 400 {"error":"invalid_request","error_description":"This is not a problem with the client secret. See the log."}
client-unknown 401 {"error":"invalid_client","error_description":"No such client (the client was not disabled, it was never registered)."}
grant-not-allowed 400 {"error":"unauthorized_client","error_description":"Client authenticated successfully but client_credentials is not enabled for it"}
client-disabled 400 {"error":"invalid_client","error_description":"Client found, but not active"}
secret-expired 401 {"error":"invalid_client","error_description":"The client secret is correct but has expired"}
- 401 {"error":"invalid_client","error_description":"Client-Authentifizierung fehlgeschlagen"}
- 401 {"error":"invalid_client","error_description":"客户端认证失败"}
scope-refused 400 {"error":"invalid_scope","error_description":"Scope non valide"}
secret-wrong 401 {"ERROR":"INVALID_CLIENT","ERROR_DESCRIPTION":"INVALID CLIENT SECRET"}
scope-permission-missing 400 {"error":"INVALID_SCOPE","error_description":"SCOPE NOT ALLOWED"}
scope-refused 400 {"error":"invalid_scope","error_description":"The scope &quot;read&quot; isn&#39;t allowed"}
grant-not-enabled 400 {"error":"UNSUPPORTED_GRANT_TYPE"}
client-unknown 400 {"error":"invalid_client","error_description":"Client &lt;m2m&gt; doesn&#x27;t exist"}
secret-wrong 400 {"error":"invalid_grant","error_description":"Invalid client secret"}
scope-permission-missing 401 {"error":"invalid_client","error_description":"Client is not allowed to request scope 'read'"}
rate-limited 400 {"error":"invalid_request","error_description":"Too many requests, please try again in 60 seconds"}
client-disabled 400 {"error":"invalid_grant","error_description":"account inactive: client m2m is locked"}
resource-unknown 400 {"error":"invalid_scope","error_description":"The audience https://api.example is not registered"}
charset-added 400 {"error":"invalid_request","error_description":"Content-Type must be application/x-www-form-urlencoded"}
- 400 {"error":"invalid_request","error_description":"Missing form parameter: grant_type"}
grant-not-enabled 400 {"error":"invalid_request","error_description":"grant_type client_credentials is not supported"}
proof-missing 400 {"error":"invalid_client","error_description":"DPoP proof required"}
proof-htm 400 [dpop] {"error":"invalid_request","error_description":"DPoP proof htm claim doesn't match the request method"}
nonce-unreadable 400 [dpop] {"error":"invalid_request","error_description":"Authorization server requires nonce in DPoP proof"}
proof-iat 400 [dpop] {"error":"invalid_dpop_proof","error_description":"DPoP proof is too old: iat is out of the acceptable window"}
proof-replayed 400 [dpop] {"error":"invalid_dpop_proof","error_description":"DPoP jti already seen"}
certificate-not-shown 401 {"error":"invalid_client","error_description":"Client certificate required: mTLS"}
certificate-not-shown 401 {"error":"invalid_client","error_description":"Missing client certificate: mTLS required"}
client-disabled 403 {"code":"APP_SUSPENDED","message":"Your application has been suspended"}
secret-expired 401 {"error":"credentials_expired","message":"Your client secret expired on 2023-12-01"}
rate-limited 429 [retry-after:30] {"error":{"code":"ThrottledRequests","message":"Quota exceeded"}}
gateway-refuses 403 {"error":"ip_not_allowed","error_description":"Your IP address 1.2.3.4 is not on the allow list"}
realm-unknown 404 {"error":"Realm does not exist"}
realm-unknown 400 {"error":"invalid_request","error_description":"AADSTS90002: Tenant 'example' not found. Check to make sure you have the correct tenant ID"}
client-unknown 400 {"error":"unauthorized_client","error_description":"AADSTS700016: Application with identifier 'm2m' was not found in the directory 'Example'."}
resource-unknown 400 {"error":"invalid_resource","error_description":"AADSTS500011: The resource principal named api://x was not found in the tenant"}
resource-permission-missing 400 {"error":"invalid_grant","error_description":"AADSTS501051: Application 'm2m' is not assigned to a role for the application 'api://x'"}
- 401 {"error":"Unauthorized","message":"Unauthorized","statusCode":401}
path-unknown 404 {"error":"Not Found","message":"Cannot POST /oauth/token","statusCode":404}
- 405 {"detail":"Method Not Allowed"}
json-wanted? 415 {"title":"Unsupported Media Type","status":415,"type":"https://tools.ietf.org/html/rfc7231#section-6.5.13"}
exception 500 {"error":"Internal Server Error","status":500,"path":"/oauth/token","timestamp":"x"}
- 503 {"message":"Service Unavailable"}
secret-wrong 200 {"code":401,"msg":"client_secret is wrong","data":null}
- 200 {"errcode":40013,"errmsg":"invalid appid or appsecret"}
client-unknown 200 {"errcode":40013,"errmsg":"invalid appid"}
grant-not-allowed 200 {"success":false,"error":{"code":"unauthorized_client","message":"Grant not allowed"}}
client-unknown 200 {"ok":false,"error":"invalid_client_id"}
- 401 -
path-unknown 404 -
- 502 -
json-wanted? 415 -
rate-limited 429 -
- 403 -
- 405 [allow:GET] -
too-large 413 -
secret-wrong 401 <?xml version="1.0"?><error><code>invalid_client</code><description>Client secret mismatch</description></error>
client-unknown 500 <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>Unknown client m2m</faultstring></soap:Fault></soap:Body></soap:Envelope>
gateway-refuses 403 <html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 123</body></html>
secret-wrong 401 Invalid client secret
grant-not-enabled 400 error=unsupported_grant_type&error_description=grant+type+not+supported
secret-wrong 401 {"errors":[{"status":"401","title":"Invalid client secret","code":"E4711"}]}
secret-wrong 401 {"type":"urn:ietf:params:oauth:error:invalid_client","title":"Unauthorized","detail":"The secret for client m2m is incorrect","status":401}
scope-refused 400 [{"error":"invalid_scope","error_description":"No such scope: read"}]
client-disabled 401 {"response":{"status":{"code":1012,"description":"Client m2m has been deactivated"}}}
parameter-missing 422 {"detail":[{"type":"missing","loc":["body","grant_type"],"msg":"Field required","input":null}]}
parameter-missing 422 {"detail":[{"type":"missing","loc":["body","username"],"msg":"Field required"},{"type":"missing","loc":["body","password"],"msg":"Field required"}]}
- 401 {"error":"invalid_client","error_description":"The client is unknown, disabled or its secret is wrong"}
- 400 {"error":"invalid_request","error_description":"The request is missing a required parameter, includes an unsupported parameter value, repeats a parameter, includes multiple credentials, or is otherwise malformed."}
- 401 {"error":"invalid_client","error_description":"Check that the client exists, is enabled and that its secret has not expired"}
two-credentials 400 [both] {"error":"invalid_request","error_description":"Only one client authentication method may be used per request"}
scope-refused 400 {"error":"invalid_scope","error_description":"AADSTS70011: The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope read is not valid."}
secret-wrong 401 {"status":401,"error":"Unauthorized","message":"client secret mismatch","path":"/oauth/token"}
method-other 401 {"error":"invalid_client","error_description":"Client must not use client_secret_post"}
client-disabled 403 {"message":"Client m2m is blocked due to suspicious activity"}
grant-not-allowed 400 {"error":"unauthorized_client","error_description":"Client not enabled to retrieve service account"}
scope-permission-missing 400 {"error":"invalid_request","error_description":"Client authentication succeeded, however scope read is not permitted"}
secret-wrong 401 {"error":"invalid_client","error_description":"The client hasn't expired, the secret is simply incorrect"}
- 401 {"error":"invalid_client","error_description":"Neither unknown nor disabled. Contact support."}
client-unknown 401 {"error":"invalid_client","error_description":"No problem with the secret; client m2m does not exist"}
grant-not-allowed 400 {"error":"unauthorized_client","error_description":"scope is fine, but the client may not use the client_credentials grant"}
- 401 {"error":"invalid_client","error_description":"client_id and client_secret do not match"}
- 401 {"error":"invalid_client","error_description":"Invalid client: wrong ID or wrong secret"}
- 401 {"error":"invalid_client","error_description":"Either the client does not exist or the secret is incorrect."}
- 401 {"error":"invalid_client","error_description":"Unknown client / invalid secret / client disabled"}
- 401 {"error":"invalid_client","error_description":"Please verify your client ID, secret and scope"}
- 401 {"message":"Invalid username or password"}
- 400 {"error":"invalid_client","error_description":"invalid client_id/client_secret"}
- 400 {"error":"invalid_request","error_description":"Possible causes: wrong secret, disabled client, missing scope"}
secret-wrong 401 {"Message":"Client secret is invalid","ExceptionMessage":"x"}
secret-wrong 401 {"result":{"status":"fail","resultMsg":"client secret mismatch"}}
client-unknown 401 {"error":{"errors":[{"domain":"global","reason":"authError","message":"Client m2m not found"}],"code":401,"message":"Client m2m not found"}}
client-disabled 403 {"statusMessage":"Your app is inactive"}
grant-not-enabled 400 {"userMessage":"Grant type client_credentials is not supported"}
secret-expired 401 {"problem":{"detail":"API client secret expired 3 days ago"}}
scope-unknown 400 {"errors":{"scope":["Unknown scope: read"]}}
- 401 {"error":true,"message":"Authentication failed"}
client-unknown 404 {"code":"ClientNotFound","message":"Client with id m2m was not found"}
client-disabled 400 {"error":"inactive_client","error_description":"The client is inactive"}
client-disabled 400 {"error":"client_blocked"}
scope-permission-missing 403 {"error":"scope_not_allowed"}
secret-wrong 401 {"error":"wrong_secret"}
client-unknown 401 {"error":"client_not_found"}
rate-limited 403 {"error":"rate_limit_exceeded"}
- 400 {"error":"E1234"}
secret-expired 401 {"error":"expired_client_secret"}
assertion-signature 400 [assertion] {"error":"invalid_grant","error_description":"Invalid JWT Signature."}
assertion-lifetime 400 [assertion] {"error":"invalid_client","error_description":"JWT assertion's exp is too far in the future"}
assertion-audience 400 [assertion] {"error":"invalid_client","error_description":"JWT 'aud' must be https://as.example/token"}
assertion-issuer 400 [assertion] {"error":"invalid_client","error_description":"Client assertion 'sub' must equal client_id"}
assertion-claim-missing 400 [assertion] {"error":"invalid_client","error_description":"Missing 'jti' in client assertion"}
assertion-key-unknown 400 [assertion] {"error":"invalid_client","error_description":"No key registered for this client matches the kid"}
assertion-algorithm 400 [assertion] {"error":"invalid_client","error_description":"Client assertion alg ES256 is not allowed, use PS256"}
assertion-expired 400 [assertion] {"error":"invalid_client","error_description":"The assertion has expired"}
assertion-not-yet-valid 400 [assertion] {"error":"invalid_client","error_description":"JWT 'iat' is in the future"}
assertion-keys-unreachable 400 [assertion] {"error":"invalid_client","error_description":"Could not retrieve client JWKS from https://client.example/jwks"}
assertion-not-enabled 401 [assertion] {"error":"invalid_client","error_description":"private_key_jwt is not enabled for this client"}
assertion-audience 401 [assertion] {"error":"invalid_client","error_description":"The assertion is not expired, but its audience is wrong"}
proof-missing 400 {"error":"invalid_dpop_proof","error_description":"DPoP header is required"}
proof-htu 400 [dpop] {"error":"invalid_dpop_proof","error_description":"htu does not match"}
proof-algorithm 400 [dpop] {"error":"invalid_dpop_proof","error_description":"Unsupported alg"}
proof-iat 400 [dpop] {"error":"invalid_dpop_proof","error_description":"DPoP proof iat is not recent enough"}
gateway-no-response 504 <html><head><title>504 Gateway Time-out</title></head><body></body></html>
path-unknown 404 <!DOCTYPE html><html lang="en"><head><title>Error</title></head><body><pre>Cannot POST /token</pre></body></html>
gateway-refuses 403 <html><head><title>Access Denied</title></head><body>You don't have permission to access this. Reference #18.aaa</body></html>
https-required 403 {"message":"HTTPS is required"}
rate-limited 503 {"message":"Request limit exceeded, slow down"}
host-not-allowed 400 Invalid Host header
exception 500 {"message":"An unexpected error has occurred"}
json-wanted 400 {"message":"Unexpected token g in JSON at position 0"}
json-wanted 415 {"error":"unsupported_media_type","error_description":"Content-Type must be application/json"}
secret-wrong 200 <response><status>error</status><message>Wrong client secret</message></response>
scope-not-sent 400 [unscoped] {"error":"invalid_scope","error_description":"At least one scope must be requested"}
client-id-missing 400 [nothing] client_id is required
resource-unknown 400 {"error":"invalid_target","error_description":"The client secret was accepted, yet the resource https://x is unknown"}
`)

describe('a token endpoint says', () => {
  it.each(lines)('%s', (line) => {
    expect(told(line, 'token')).toBe(wantedOf(line))
  })
})
