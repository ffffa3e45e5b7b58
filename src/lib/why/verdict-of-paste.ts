import type { Explanation, Fix } from '../explanation/explanation.ts'
import { originOf } from '../http/message.ts'
import { rfc } from '../spec.ts'
import { quoted } from '../text/quoted.ts'
import { type CauseId, diagnosis, type Diagnosis } from './causes/causes.ts'
import { endsInCors, verdictOfHeaders } from './curl-output.ts'
import type { Evidence } from './evidence/evidence.ts'
import { symptomsOf } from './evidence/symptoms.ts'

/** More than a console line or the response to a token request has; what is beyond is not read. */
const longest = 100_000

/** What consoles and curl say, the more exact first. Firefox writes ‘ and ’, Chromium '. */
const phrases: readonly (readonly [phrase: RegExp, cause: CauseId])[] = [
  // Chromium says the status of a response that it withholds, Firefox too.
  [/ERR_FAILED 5\d\d|Status code: 5\d\d/, 'failed-unread'],
  [/ERR_CERT_AUTHORITY_INVALID|SEC_ERROR_UNKNOWN_ISSUER|SELF_SIGNED_CERT/, 'certificate-authority'],
  [/self[- ]signed certificate|unable to get local issuer/i, 'certificate-authority'],
  [
    /ERR_CERT_DATE_INVALID|_EXPIRED_(?:ISSUER_)?CERTIFICATE|certificate (?:has expired|is not yet valid)/i,
    'certificate-date',
  ],
  [
    /ERR_CERT_COMMON_NAME_INVALID|SSL_ERROR_BAD_CERT_DOMAIN|no alternative certificate subject name/i,
    'certificate-name',
  ],
  [/ERR_CERT_|ERR_SSL_|SSL_ERROR_|SEC_ERROR_|curl: \((?:35|51|58|60|77)\)/, 'tls'],
  [/ERR_NAME_NOT_RESOLVED|Could not resolve host|curl: \(6\)/i, 'dns'],
  [/ERR_CONNECTION_REFUSED|Connection refused|curl: \(7\)/i, 'closed'],
  [/ERR_ADDRESS_UNREACHABLE|ERR_(?:CONNECTION_)?TIMED_OUT|curl: \(28\)/, 'no-response'],
  [/ERR_CONNECTION_(?:RESET|CLOSED)|ERR_EMPTY_RESPONSE|curl: \((?:52|56)\)/, 'dropped'],
  [/ERR_UNSAFE_PORT/, 'blocked-port'],
  [/ERR_INTERNET_DISCONNECTED/, 'offline'],
  [/ERR_BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)/, 'inside-browser'],
  [/ERR_BLOCKED_BY_RESPONSE|Cross-Origin-Resource-Policy/i, 'corp'],
  [/ERR_BLOCKED_BY_CSP|Content[- ]Security[- ]Policy/i, 'csp'],
  [/Mixed Content|Blocked loading mixed active content/i, 'mixed-content'],
  [/request client is not a secure context/i, 'insecure-page'],
  [
    /Permission was denied.{0,60}address space|Local Network Access permission|ERR_BLOCKED_BY_LOCAL_NETWORK/i,
    'lna-denied',
  ],
  [/Redirect is not allowed for a preflight|preflight.{0,60}external redirect/i, 'preflight-redirect'],
  [
    /Request header field .{1,100} is not allowed by|header ['‘].{1,100}['’] is not allowed according/i,
    'header-not-allowed',
  ],
  [
    /Method .{1,30} is not allowed by Access-Control-Allow-Methods|Did not find method in/i,
    'method-not-allowed',
  ],
  // The log of ASP.NET Core, and of IdentityServer on top of it.
  [
    /CorsPolicyService did not allow origin|Request origin .{1,200} does not have permission/i,
    'origin-mismatch',
  ],
  [/contains multiple values|Multiple CORS header/i, 'origin-twice'],
  [/not equal to the supplied origin|Access-Control-Allow-Origin['’] does not match/i, 'origin-mismatch'],
  [/preflight response did not succeed|Response to preflight request/i, 'preflight-refused'],
  [/No 'Access-Control-Allow-Origin' header|Access-Control-Allow-Origin['’] missing/i, 'cors-missing'],
  [/CORS request did not succeed.{0,40}\(null\)/i, 'no-connection'],
]

/**
 * What a line of the developer console or the output of curl says, as a cause; `null` if nothing in it is known.
 * The server's own words decide, so the cause is certain.
 */
export function verdictOfPaste(pasted: string, evidence: Evidence): Diagnosis | null {
  const text = pasted.slice(0, longest)
  const symptoms = symptomsOf(evidence)
  // Fields of a response have names that consoles use too; if curl itself gave up, that is what counts.
  const found =
    (/^curl: \(/m.test(text) ? null : verdictOfHeaders(text, evidence)) ??
    verdictOfPhrases(text, symptoms.url.origin, evidence.page.origin)
  if (!found) return null
  const certainty = found.cause === 'no-connection' ? 'likely' : 'certain'
  const told = diagnosis(found.cause, symptoms, certainty, [
    `“${quoted(found.line)}”`,
    ...statusWords(found.line),
  ])
  return found.cause === 'redirect' ? { ...told, fixes: [...location(text), ...told.fixes] } : told
}

/**
 * What a pasted text says if it may say two things: why the server refused, and why this page could not read that. The
 * reason of a refusal comes first, with what lets the page read the next one; a preflight is refused for CORS alone.
 */
export function pastedVerdict(
  text: string,
  hasResponse: boolean,
  refusal: Explanation | null,
  connection: Diagnosis | null,
): (Explanation & { readonly id?: string }) | null {
  if (/"use_dpop_nonce"/.test(text) && hasResponse) return nonceInTerminal
  if (refusal === null || !hasResponse || endsInCors(text)) return connection ?? refusal
  // What is not found has another reason than CORS.
  const isFound = !/^(?:< )?HTTP\/[\d.]+ 40[45]\b/m.test(text)
  return isFound
    ? { ...refusal, fixes: [...refusal.fixes, ...(connection?.fixes.filter(letsRead) ?? [])] }
    : refusal
}

/** A terminal sends nothing again by itself. @see RFC 9449 section 8 */
const nonceInTerminal: Explanation = {
  title: 'The server asks for its nonce in the proof',
  meaning:
    'Nothing is wrong yet: the server gave the nonce with this response, and accepts a proof that has it.',
  causes: [],
  certainty: 'certain',
  fixes: [
    'Use the DPoP-Nonce of this response in the next proof.',
    'Then sign the request anew above, and run it once more.',
  ],
  spec: [rfc(9449, '8')],
}

const letsRead = (fix: Fix): boolean => typeof fix === 'object' && ('guide' in fix || 'relay' in fix)

/** Where a redirect leads: only curl is told. */
function location(text: string): readonly Fix[] {
  const url = /^(?:< )?location: *(https?:\S+)/im.exec(text)?.[1]
  // A page on which people log in is no endpoint.
  return url === undefined || !URL.canParse(url) || /\/(log|sign)[-_]?in\b/i.test(new URL(url).pathname)
    ? []
    : [{ text: `Change the URL to ${quoted(url)}`, moveTo: url }]
}

function verdictOfPhrases(
  text: string,
  origin: string,
  page: string,
): { cause: CauseId; line: string } | null {
  for (const [phrase, cause] of phrases) {
    const line = lineOf(text, phrase, origin, page)
    if (line !== null) return { cause, line }
  }
  return null
}

/** A server's own log names the origin of the page, and not its own. */
const isOfItsLog = /(?:^|\s)(?:CorsPolicyService|Request origin) /

/** The line that says it; not one that names other places only: of an extension's prey, say, or of a probe. */
function lineOf(text: string, pattern: RegExp, origin: string, page: string): string | null {
  return (
    text
      .split(/\r?\n/)
      .find(
        (line) =>
          pattern.test(line) && (isOf(line, origin) || (isOfItsLog.test(line) && line.includes(page))),
      )
      ?.trim() ?? null
  )
}

/** Firefox names the status of the response it withholds. */
function statusWords(line: string): string[] {
  const status = /Status code: (\d{3})/.exec(line)?.[1]
  return status === undefined ? [] : [`The status of the response is ${status}.`]
}

function isOf(line: string, origin: string): boolean {
  const urls = line.match(/https?:\/\/[^\s'"‘’“”)]+/g) ?? []
  return urls.length === 0 || urls.some((url) => originOf(url) === origin)
}
