import type { Explanation } from '../../explanation/explanation.ts'
import { cleanToken, type CleanToken } from '../../jwt/extract/token-text.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import { listed } from '../../text/listed.ts'
import { quoted } from '../../text/quoted.ts'
import { type Answer, type Reading, text } from '../response/read-response.ts'

/** What an `access_token` has in addition to a token. */
export interface Surrounded extends CleanToken {
  /** As it came. */
  readonly raw: string
  /** What breaks the syntax: that of A.12 has visible characters alone, that of RFC 6750 those of a token. */
  readonly spec: SpecLink
}

/** `null` if there is nothing around it. @see RFC 6749 appendix A.12, RFC 6750 section 2.1 */
export function surroundedToken(answer: Answer): Surrounded | null {
  const raw = text(answer, 'access_token')
  if (raw === null) return null
  const clean = cleanToken(raw)
  if (clean.token === raw || clean.token === '') return null
  return { ...clean, raw, spec: /[^\x20-\x7E]/.test(raw) ? rfc(6749, 'A.12') : rfc(6750, '2.1') }
}

/** What there is to do about a token with something around it; `null` if there is none, or it is gone already. */
export function explainSurrounded({
  answer,
  accessToken,
}: Extract<Reading, { kind: 'issued' }>): Explanation | null {
  const around = surroundedToken(answer)
  if (!around || accessToken !== around.raw) return null
  return {
    title: 'access_token has more in it than the token',
    meaning: `It came with ${listed(around.removed)}. ${consequence(around)}`,
    causes: [],
    certainty: 'certain',
    fixes: [
      { text: 'Go on with the cleaned token', token: around.token },
      'Change the server: access_token is the token alone, and token_type says how it is sent.',
    ],
    spec: [around.spec, rfc(6749, '5.1')],
  }
}

function consequence({ raw, removed }: Surrounded): string {
  const scheme = /^\s*["']?(bearer|dpop)[\s:]/i.exec(raw)?.[1]
  if (scheme !== undefined)
    return `A client sends “Authorization: Bearer ${quoted(scheme)} …”, the scheme twice, and an API finds no token behind it.`
  if (/[\r\n]/.test(raw))
    return 'No header field can have a line break: many clients stop with an error before they send it.'
  return removed.includes('white space around the token')
    ? 'Some clients cut it off, and others send it, so that it works with one library and fails with another.'
    : 'A client sends it as it came, and an API rejects what is not the token that was issued.'
}
