import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidenceOf } from './faults-testing.ts'
import { pastedVerdict, verdictOfPaste } from './verdict-of-paste.ts'

const evidence = evidenceOf({ basic: 'X', simple: 'X' }, 'chromium', 'basic')
const policy = (text: string): string =>
  `Access to fetch at 'http://localhost:7200/token' from origin 'http://localhost:7100' has been blocked by CORS policy: ${text}`
const preflight = (text: string): string =>
  policy(`Response to preflight request doesn't pass access control check: ${text}`)
const reason = (text: string, status: string): string =>
  `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://localhost:7200/token. (Reason: ${text}). Status code: ${status}.`

const lines: readonly (readonly [line: string, cause: string])[] = [
  ['POST http://localhost:7200/token net::ERR_CONNECTION_REFUSED', 'closed'],
  ['POST http://localhost:7200/token net::ERR_NAME_NOT_RESOLVED', 'dns'],
  ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate-authority'],
  ['net::ERR_CERT_DATE_INVALID', 'certificate-date'],
  ['net::ERR_CERT_COMMON_NAME_INVALID', 'certificate-name'],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'tls'],
  ['net::ERR_CONNECTION_RESET', 'dropped'],
  ['net::ERR_EMPTY_RESPONSE', 'dropped'],
  ['net::ERR_UNSAFE_PORT', 'blocked-port'],
  ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
  ['net::ERR_BLOCKED_BY_CLIENT', 'inside-browser'],
  ['net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)', 'corp'],
  [
    'Refused to connect because it violates the following Content Security Policy directive: "connect-src \'self\'"',
    'csp',
  ],
  [
    "Mixed Content: The page at 'https://p.example/' was loaded over HTTPS, but requested an insecure resource 'http://localhost:7200/token'",
    'mixed-content',
  ],
  [policy('Permission was denied for this request to access the `loopback` address space.'), 'lna-denied'],
  [
    policy(
      'The request client is not a secure context and the resource is in more-private address space `local`.',
    ),
    'insecure-page',
  ],
  [policy("No 'Access-Control-Allow-Origin' header is present on the requested resource."), 'cors-missing'],
  [
    preflight("No 'Access-Control-Allow-Origin' header is present on the requested resource."),
    'preflight-refused',
  ],
  [preflight('It does not have HTTP ok status.'), 'preflight-refused'],
  [preflight('Redirect is not allowed for a preflight request.'), 'preflight-redirect'],
  [
    policy(
      'Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.',
    ),
    'header-not-allowed',
  ],
  [
    policy('Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.'),
    'method-not-allowed',
  ],
  [
    policy(
      "The 'Access-Control-Allow-Origin' header has a value 'http://other' that is not equal to the supplied origin.",
    ),
    'origin-mismatch',
  ],
  [
    policy(
      "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed.",
    ),
    'origin-twice',
  ],
  [reason('CORS header ‘Access-Control-Allow-Origin’ missing', '404'), 'cors-missing'],
  [reason('CORS request did not succeed', '(null)'), 'no-connection'],
  [reason('CORS preflight response did not succeed', '405'), 'preflight-refused'],
  [
    reason(
      'header ‘authorization’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response',
      '204',
    ),
    'header-not-allowed',
  ],
  [
    reason('CORS header ‘Access-Control-Allow-Origin’ does not match ‘http://other’', '200'),
    'origin-mismatch',
  ],
  [reason('Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed', '200'), 'origin-twice'],
  ['Blocked loading mixed active content “http://localhost:7200/token”', 'mixed-content'],
  ['Local Network Access permission required', 'lna-denied'],
  ['[12:00:01 DBG] CorsPolicyService did not allow origin: http://localhost:7100', 'origin-mismatch'],
  [
    'Request origin http://localhost:7100 does not have permission to access the resource.',
    'origin-mismatch',
  ],
  ['curl: (6) Could not resolve host: nowhere.invalid', 'dns'],
  ["curl: (7) Failed to connect to localhost port 7200 after 0 ms: Couldn't connect to server", 'closed'],
  ['curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received', 'no-response'],
  ['curl: (35) OpenSSL/3.0.15: error:0A00010B:SSL routines::wrong version number', 'tls'],
  ['curl: (52) Empty reply from server', 'dropped'],
  ['curl: (56) Recv failure: Connection reset by peer', 'dropped'],
  ['curl: (60) SSL certificate problem: self-signed certificate', 'certificate-authority'],
  ['curl: (60) SSL certificate problem: certificate has expired', 'certificate-date'],
  [
    "curl: (60) SSL: no alternative certificate subject name matches target host name 'as.example'",
    'certificate-name',
  ],
]

const allowed = 'Access-Control-Allow-Origin: http://localhost:7100'
const heads: readonly (readonly [name: string, output: string, cause: string])[] = [
  [
    'no CORS',
    'HTTP/1.1 401 Unauthorized\r\nContent-Security-Policy: x\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n{}',
    'cors-missing',
  ],
  [
    'another origin',
    'HTTP/2 200 \r\naccess-control-allow-origin: http://localhost:7100/\r\n\r\n',
    'origin-mismatch',
  ],
  ['twice', `HTTP/1.1 200 OK\r\n${allowed}\r\n${allowed}\r\n\r\n`, 'origin-twice'],
  ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: https://as.example/login\r\n\r\n', 'redirect'],
  [
    'an OPTIONS refused',
    '> OPTIONS /token HTTP/1.1\n< HTTP/1.1 405 Method Not Allowed\n< Allow: POST\n<\n',
    'preflight-refused',
  ],
  [
    'an OPTIONS redirected',
    "$ curl -isS 'x' -X OPTIONS\nHTTP/1.1 302 Found\nLocation: /login\n\n",
    'preflight-redirect',
  ],
  [
    'a * for authorization, which browsers take still',
    `HTTP/1.1 204 No Content\r\n${allowed}\r\nAccess-Control-Allow-Headers: *\r\n\r\n`,
    'cors-passes',
  ],
  [
    'a 401 to OPTIONS',
    `> OPTIONS /token HTTP/1.1\r\n>\r\n< HTTP/1.1 401 Unauthorized\r\n< ${allowed}\r\n< Access-Control-Allow-Headers: authorization\r\n\r\n`,
    'preflight-refused',
  ],
  [
    'a 401 to the request, with all fields on every response',
    `HTTP/1.1 401 Unauthorized\r\n${allowed}\r\nAccess-Control-Allow-Headers: authorization\r\n\r\n`,
    'cors-passes',
  ],
  [
    'a good preflight',
    `HTTP/1.1 204 No Content\r\n${allowed}\r\nAccess-Control-Allow-Headers: Authorization\r\n\r\n`,
    'cors-passes',
  ],
  [
    'a good response after 100 Continue',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad Request\r\nAccess-Control-Allow-Origin: *\r\n\r\n`,
    'cors-passes',
  ],
]

describe('verdictOfPaste', () => {
  it.each(lines)('%s', (line, cause) => {
    const verdict = verdictOfPaste(`some line before\n${line}\nsome line after`, evidence)
    expect(verdict?.id).toBe(cause)
    expect(verdict?.certainty).toBe(cause === 'no-connection' ? 'likely' : 'certain')
    expect(verdict?.observed?.[0]).toContain(line.slice(0, 40))
  })

  it.each(heads)('curl -i: %s', (_name, output, cause) => {
    expect(verdictOfPaste(output, evidence)?.id).toBe(cause)
  })

  it('shows the status that Firefox names', () => {
    const line = reason('CORS header ‘Access-Control-Allow-Origin’ missing', '404')
    expect(verdictOfPaste(line, evidence)?.observed).toContain('The status of the response is 404.')
  })

  it('makes nothing of a line of the log that is about another page', () => {
    expect(
      verdictOfPaste('CorsPolicyService did not allow origin: https://evil.example', evidence),
    ).toBeNull()
  })

  it('calls CORS too late only of a refusal that comes before authentication', () => {
    const read = {
      ...evidence,
      before: { ...evidence.before, beside: true, metadata: 'unreadable' as const },
    }
    const verdict = (status: number) => verdictOfPaste(`HTTP/1.1 ${status} X\r\n\r\n`, read)?.id
    expect([401, 404, 429].map(verdict)).toEqual(['after-authentication', 'cors-missing', 'cors-missing'])
  })

  it('of a nonce in a terminal: what to do there, as nothing is sent again by itself', () => {
    const output = 'HTTP/2 400\r\nDPoP-Nonce: n\r\n\r\n{"error":"use_dpop_nonce"}'
    const told = pastedVerdict(output, true, null, verdictOfPaste(output, evidence))
    expect(told?.title).toBe('The server asks for its nonce in the proof')
    expect(told?.fixes).toContainEqual(expect.stringContaining('sign the request anew'))
  })

  it('makes nothing of what it does not know, and never throws', () => {
    expect(verdictOfPaste('TypeError: Failed to fetch', evidence)).toBeNull()
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void verdictOfPaste(text, evidence)))
  })

  it.each(['header ‘', 'Permission was denied ', 'Request header field ', 'a: '])(
    'reads a long paste of “%s” in a moment',
    { timeout: 3000 },
    (piece) => {
      expect(verdictOfPaste(piece.repeat(500_000), evidence)).toBeNull()
    },
  )
})

it.each([
  ['403 Forbidden', 'Invalid CORS request', 'request-refused'],
  ['400 Bad Request', 'Client sent an HTTP request to an HTTPS server.', 'speaks-https'],
  ['400 Bad Request', '<center>The plain HTTP request was sent to HTTPS port</center>', 'speaks-https'],
  ['400', 'Bad Request\nThis combination of host and port requires TLS.', 'speaks-https'],
])('reads what a server says in the body of %s: %s', (status, body, cause) => {
  expect(verdictOfPaste(`HTTP/1.1 ${status}\nServer: x\n\n${body}\n`, evidence)?.id).toBe(cause)
})
