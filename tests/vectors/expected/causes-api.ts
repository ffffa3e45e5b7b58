import type { Stage } from '../../../src/lib/explanation/stage.ts'
import type { Captured, Expectation } from '../expectation.ts'

/** Why an API refuses a call, or why a page cannot read its response. */
export const apiCauses = {
  // Between the page and the API's own code.
  'path-unknown': 'The API has nothing at this path.',
  'slash-at-end': 'The path lacks a slash at its end, or has one too many.',
  'http-method': 'The path takes other HTTP methods than the one sent.',
  'cors-off': 'The API has no CORS, so that no page may read it.',
  'cors-after-authentication':
    'UseCors comes after authentication and authorization, which refuse without it.',
  'preflight-refused': 'Authentication stops the preflight, which never carries a token.',
  'cors-refused': 'CORS is on, and does not allow this origin, method or header.',
  'csrf-protection':
    'The API protects itself against CSRF, and exempts only requests with a Bearer token in the header.',
  'login-page': 'The path leads to a login page: it takes a session, and no token.',
  exception: 'The API stopped in an exception that nothing of its own caught.',
  'host-not-allowed': 'The server does not accept this Host: it protects itself against DNS rebinding.',
  'media-type': 'The API does not accept a body of this type.',

  // JSON-RPC and MCP.
  'mcp-origin': 'The MCP server does not accept this Origin: it protects itself against DNS rebinding.',
  'mcp-accept': 'The MCP server wants both types in Accept.',
  'body-not-json': 'The API cannot read the body as JSON.',
  'mcp-no-message': 'The body is no message of JSON-RPC.',
  'mcp-session-missing': 'No session was named, or none is open: initialize comes first.',
  'mcp-session-unknown': 'The session is over, or is another’s.',
  'mcp-header-mismatch': 'A header field that repeats the body is missing, or differs from it.',
  'mcp-version': 'The server does not serve this version of the protocol.',
  'mcp-meta-missing': 'The request is one of the newer generation, and has no _meta.',
  'mcp-method-unknown': 'The server has no such method.',

  // Credentials.
  'no-credentials': 'No Authorization header was sent.',
  'header-other': 'The API looks for credentials in another header than Authorization.',
  'two-credentials': 'Two Authorization headers were sent.',
  'token-elsewhere': 'The token was sent in the URL, where the API does not look for it.',
  'token-in-two-places': 'The token was sent both in the Authorization header and in the URL.',
  'scheme-missing': 'The Authorization header holds the token alone, without a scheme before it.',
  'scheme-wrong': 'The API takes another scheme than the one sent.',
  'scheme-case': 'The API compares the name of the scheme with regard to case.',
  'two-spaces': 'Two spaces stand between scheme and token, and the second is taken for part of the token.',

  // The token.
  'scheme-twice': 'The word Bearer stands before the token twice.',
  'token-in-quotes': 'The token was sent in quotation marks.',
  'token-empty': 'The Authorization header holds a scheme and no token.',
  'token-characters': 'The token holds a character that no access token may hold, such as a space.',
  'token-not-jwt': 'The token is no JWT of three parts.',
  'payload-malformed': 'The payload of the token is no JSON object.',
  'claim-type-wrong': 'A claim of the token has another type than a JWT gives it, such as exp as a text.',
  'token-encrypted': 'The token is encrypted, and the API has no key to open it.',
  'token-reference': 'The token is a reference, and the API takes JWTs only: it does not introspect.',
  'token-not-active': 'Introspection says that the token is not active: unknown, expired or revoked.',
  'token-unknown': 'The API does not know the token: it is of another server, expired or revoked.',
  'token-revoked': 'The token was revoked.',
  'key-unknown': 'The API has no key that the token could be signed with.',
  'algorithm-other': 'The API takes another algorithm than the one that the token is signed with.',
  'signature-wrong': 'The signature does not verify with the key that the token names.',
  'alg-none': 'The token is not signed.',
  'typ-not-valid': 'The API takes another typ than the one in the header of the token.',
  'claim-missing': 'A claim that the API demands is missing in the token.',
  'client-other': 'The API takes tokens of another client than the one that the token names.',
  'token-expired': 'The token has expired.',
  'token-not-yet-valid': 'The token is not valid yet.',
  'exp-missing': 'The token has no exp.',
  'sub-not-string': 'The sub of the token is a number, and the API accepts text only.',
  'exp-before-iat': 'exp of the token is before its iat.',
  'issuer-other': 'The API trusts another issuer than the one in the token.',
  'issuer-missing': 'The token names no issuer.',
  'audience-other': 'The token is for another audience.',
  'audience-missing': 'The token names no audience.',
  'two-audiences': 'The token names two audiences, and the API takes exactly one.',

  // DPoP.
  'proof-missing': 'No DPoP proof was sent.',
  'proof-twice': 'Two DPoP headers were sent.',
  'proof-malformed': 'The DPoP header holds no JWT.',
  'proof-typ': 'The proof has another typ than dpop+jwt.',
  'proof-algorithm': 'The API does not take the algorithm of the proof.',
  'proof-key-missing': 'The proof carries no public key.',
  'proof-signature': 'The signature of the proof does not verify with the key in it.',
  'proof-htm': 'The proof is for another HTTP method.',
  'proof-htu': 'The proof is for another URL, or writes it otherwise than the API does.',
  'proof-iat': 'The proof was made too long ago, or in the future: a clock is wrong.',
  'proof-iat-missing': 'The proof has no iat.',
  'proof-ath': 'The proof is for another access token.',
  'proof-ath-missing': 'The proof has no ath.',
  'proof-jti-missing': 'The proof has no jti.',
  'proof-replayed': 'The proof was used before.',
  'cnf-mismatch': 'The token is bound to another key than the one that made the proof.',
  'cnf-missing': 'The token has no cnf.jkt: it is bound to no key.',

  // What the token may.
  'scope-insufficient': 'The token lacks the scope that the API wants.',
  'scope-one-string': 'The API compares the whole scope claim, which is one string of several scopes.',
  'user-needed': 'The path wants claims that only a token of a user has.',

  // The API's own setup.
  'metadata-not-fetched':
    'The API cannot fetch the metadata of the authorization server, and so has no keys.',
  'metadata-https-required': 'The API is given an http Authority, and fetches metadata over https only.',
} as const satisfies Record<string, string>

export type ApiCause = keyof typeof apiCauses

/** Causes that are no matter of one stage: an exception may come anywhere, and CORS accompanies every stage. */
export const apiCausesOfNoStage: readonly ApiCause[] = ['cors-off', 'cors-after-authentication', 'exception']

/** The relay of the playground shows every byte of a response, whatever CORS says. */
export const relay = 'relay'

/** What went before in the tab. */
export const before = {
  answers:
    'A request in mode no-cors to this URL was answered: something listens, and its certificate is trusted.',
  callRead: 'A call of this API with another token was read in this tab.',
  refusalRead: 'A refusal of this API was read in this tab.',
  accepted: 'A token of https://localhost:5151 was accepted by this API in this tab.',
  acceptedByGet:
    'A bound token of http://localhost:9000 was accepted by this API in this tab, by GET and with a proof.',
  tokenIssued: 'This token came from the token endpoint in this tab.',
  tokenRevoked: 'This token was revoked in this tab.',
  proofSent: 'This proof was sent in this tab before.',
} as const

/** What Chromium's console says of a preflight that has no CORS. */
export const noPreflight =
  "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource."

/** What refuses a token that is in the header under the right scheme. */
export const ofToken: readonly Stage[] = ['token', 'key', 'signature', 'typ', 'time', 'issuer', 'audience']

/** What lies before a fault of the token. */
export const found: readonly Stage[] = ['header', 'scheme']

type UnknownServer = NonNullable<Expectation['unknownServer']>

/** Of an unknown API: its words, or what was sent, name it. */
export const said = (stage: Stage, cause: ApiCause): UnknownServer => ({ stage, cause, certainty: 'likely' })

/** Of an unknown API: what was sent makes it thinkable, and the standard allows it. */
export const thinkable = (stage: Stage, cause: ApiCause): UnknownServer => ({
  stage,
  cause,
  certainty: 'possible',
})

/** Of an unknown API: the standard's meaning of the response leaves these stages. */
export const open = (...among: readonly Stage[]): UnknownServer => ({
  stage: 'not known',
  among,
  cause: null,
  certainty: 'possible',
})

/** An entry in addition to its line and case: read through the relay, unless it says otherwise. */
type Entry = Omit<
  Expectation,
  'file' | 'line' | 'case' | 'endpoint' | 'origin' | 'cause' | 'offered' | 'notOffered'
> &
  Partial<Pick<Expectation, 'origin' | 'offered' | 'notOffered'>> & { readonly cause: ApiCause | null }

/** The ID of the client, which is named only if a claim of the token is about it. */
export const clientId = 'client[ _-]?id\\b'

/** What no advice for an API may say: the client's credentials are none of its business, and harm is no mending. */
const never = [
  clientId,
  'client[ _-]?secret',
  'Validate(Audience|Issuer|Lifetime|IssuerSigningKey)\\s*=\\s*false',
  'AllowAnyOrigin',
]

/** Where the metadata of the authorization server are the API's own matter. */
const ofMetadata: readonly Stage[] = ['key', 'issuer', 'setup']

/** Makes the entries of a file. */
export const entriesOf =
  (file: Captured) =>
  (line: number, name: string, entry: Entry): Expectation => {
    const remaining: readonly (Stage | 'not known')[] = [entry.stage, ...(entry.among ?? [])]
    const metadata = remaining.some((stage) => ofMetadata.some((other) => other === stage))
    return {
      file,
      line,
      case: name,
      endpoint: 'api',
      origin: relay,
      offered: [],
      ...entry,
      notOffered: [
        ...never.filter((pattern) => !entry.offered?.includes(pattern)),
        ...(metadata ? [] : ['metadata']),
        ...(entry.notOffered ?? []),
      ],
    }
  }

/** A captured refusal that has no expectation. */
export interface Outside {
  readonly file: Captured
  readonly line: number
  readonly reason: string
}
