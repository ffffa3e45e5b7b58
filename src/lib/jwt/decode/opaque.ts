import { cutIn, cutInWords } from './cut.ts'

type Shape = readonly [looks: RegExp, why: string]

/** Texts that are no token at all. */
const absent: readonly Shape[] = [
  [/^$/, 'There is no token.'],
  [
    /^(?:undefined|null|nil|none|nan|false|true|string|\[object \w+\])$/i,
    'It is what a program writes when a variable has no text: no token came, or it was read from the wrong member.',
  ],
  [
    /^(?:\{\{.*\}\}|\$\{?\w+\}?|<[^<>]+>|%\w+%|\[\w+\]|(?:your|my|the)?[-_ ]?(?:access|bearer|jwt)?[-_ ]?token)$/i,
    'It is a placeholder, and no token: a variable was not replaced.',
  ],
  [/^[x*•]{6,}$/i, 'It is masked: asterisks or the like are in place of the token.'],
  [
    /\s/,
    'It has white space inside, which no token has (RFC 6750 section 2.1): these are words, or several things at once.',
  ],
]

/** What no token has at its ends; what is between them may be one. @see RFC 6750 section 2.1 */
const surrounded = /^["'`<\u2018-\u201F\u00AB\u00BB]|["'`>,;\u2018-\u201F\u00AB\u00BB]$/

/** Shapes of tokens that are no JWT, most specific first: how they look and what is said of them. */
const shapes: readonly Shape[] = [
  [
    surrounded,
    'There are quotation marks or the like around it, which no token has (RFC 6750 section 2.1): without them it may be read.',
  ],
  [
    /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
    'It is a UUID: a reference to a token that the server keeps to itself.',
  ],
  [
    /^v[1-4]\.(?:local|public)\./,
    'It is a PASETO (v1 to v4, local or public), which is another format than a JWT.',
  ],
  [/^ory_at_/, 'It is an opaque access token of Ory Hydra (prefix ory_at_).'],
  [
    /^ory_rt_/,
    'It is a refresh token of Ory Hydra (prefix ory_rt_): it gets new access tokens at the token endpoint, and no API accepts it.',
  ],
  [
    /^ory_ac_/,
    'It is an authorization code of Ory Hydra (prefix ory_ac_), of another grant: it is exchanged once for a token, and no API accepts it.',
  ],
  [/^ory_[a-z]+_/, 'It is an opaque credential of Ory, whose prefix says what it is for.'],
  [/^ya29\./, 'It is an opaque access token of Google.'],
  [/^1\/\//, 'It is a refresh token of Google: it gets new access tokens, and no API accepts it.'],
  [/^gh[ours]_\w{30,}$/, 'It is an opaque token of GitHub, whose prefix says what it is for.'],
  [
    /^00D\w{9,15}![\w.]+$/,
    'It is an opaque access token of Salesforce (a session ID): its part before the “!” is the organization.',
  ],
  [
    /^[\dA-F]{64}-1$/,
    'It looks like a reference token of Duende IdentityServer: the server keeps its content, and tells it by introspection.',
  ],
  [/^PHNhbW|^PD94bW/, 'It is XML in base64, such as a SAML assertion, and no JWT.'],
  [
    /^\{/,
    'It is JSON itself. A token in the JWS or JWE JSON serialization has no place in an Authorization header; a token response holds the token in access_token.',
  ],
  [/^[\da-f]+$/i, 'It is hexadecimal: a reference to a token that the server keeps to itself.'],
  [
    /^eyJ[\w-]*$/,
    'It begins as a JWT does, with the base64url of "{", but has no further part. Was it cut at the first dot?',
  ],
  [
    /^eyJ/,
    'It begins as a JWT does, with the base64url of "{", but its first part is not whole JSON. Was it cut?',
  ],
  [
    /^[^.]*(?:\.[^.]*){4}$/,
    'It has the five parts of an encrypted token (JWE), but its first part is not a JSON header.',
  ],
  [/^[^.]*(?:\.[^.]*){1,2}$/, 'It has dots as a JWT does, but no part of it is a JSON object in base64url.'],
]

const anyOther = 'No part of it is a JSON header in base64url.'

/** Why a text is no token that can be read here. */
export interface Unreadable {
  /** In one or two plain sentences. */
  readonly why: string
  /** Whether it is a token that its server knows; if not, it is a part of one, or no token at all. */
  readonly isWhole: boolean
}

/**
 * Why a token is called opaque. What an opaque token means is known to the server that issued it, which may say so at its
 * introspection endpoint.
 *
 * @see RFC 6749 section 1.4
 * @see RFC 7662
 */
export function whyOpaque(token: string): Unreadable {
  const none = whyNone(token)
  if (none !== null) return { why: none, isWhole: false }
  return {
    why: whyIn(token, shapes) ?? anyOther,
    isWhole: !/^(?:eyJ|\{)/.test(token) && !surrounded.test(token),
  }
}

const whyIn = (token: string, rows: readonly Shape[]): string | undefined =>
  rows.find(([looks]) => looks.test(token))?.[1]

/** Why a text can be no access token of any server, in a sentence; `null` if it may be one. @see RFC 6750 section 2.1 */
export function whyNone(token: string): string | null {
  const none = whyIn(token, absent)
  if (none !== undefined) return none
  const cut = cutIn(token)
  return cut === null ? null : cutInWords(cut)
}
