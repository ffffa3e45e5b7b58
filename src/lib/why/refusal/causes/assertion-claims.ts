import type { Fix } from '../../../explanation/explanation.ts'
import { issuerOf } from '../../../oauth/config/derived-values.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import {
  audiences,
  differing,
  isForOrigin,
  isForServer,
  lacksDemanded,
  lifetimeOf,
  likely,
  missingClaims,
  possible,
  readsAssertion,
  secondsSince,
} from './assertion-facts.ts'
import { cause } from '../facts/make.ts'

const rules = rfc(7523, '3')

/** Most servers accept less. Seconds. */
const usualLifetime = 300

/** Clocks of that many seconds apart are no reason by themselves; a skew that was set may be. */
const leewayOf = ({ config: { clock_skew } }: Facts): number => (clock_skew === 0 ? 60 : 5)

const claimsOfYourOwn = ({ config: { assertion } }: Facts): readonly Fix[] =>
  assertion.payload === ''
    ? []
    : ['Look at “More header and payload members”: what is there replaces the claims that the page writes.']

/** The clock that signs can be wrong by itself, or have been set wrong. */
const clockFixes = ({ config: { clock_skew } }: Facts): readonly Fix[] => [
  ...(clock_skew === 0 ? [] : [{ text: 'Clock skew: 0 s', change: { clock_skew: 0 } } as const]),
  'Compare this machine’s clock with the server’s, and set the clock skew to the difference.',
]

const audienceFixes = (facts: Facts): readonly Fix[] => {
  const { config } = facts
  const issuer = issuerOf(config)
  const has = (url: string): boolean => url !== '' && audiences(facts).includes(url)
  return [
    ...(issuer === '' || has(issuer)
      ? []
      : [{ text: 'aud: issuer', change: { assertion: { aud: 'issuer' } } } as const]),
    ...(has(config.token_endpoint)
      ? []
      : [{ text: 'aud: token endpoint', change: { assertion: { aud: 'token_endpoint' } } } as const]),
    `Compare aud with the issuer in the server’s metadata, character by character${issuer === '' ? '' : `; here it is “${quoted(issuer)}”`}.`,
  ]
}

/** What a server may reject in the claims of an assertion. @see RFC 7523 section 3 */
export const assertionClaims = {
  'assertion-audience': cause({
    stage: 'assertion',
    title: (facts) =>
      isForServer(facts)
        ? 'The server does not accept the audience of the assertion'
        : 'The assertion is for another server',
    meaning: (facts) =>
      `aud of the assertion is “${quoted(audiences(facts).join(', '))}”. It has to be what the server calls itself: some servers accept their issuer only, some their token endpoint only.`,
    fixes: audienceFixes,
    spec: [rules],
    applies: readsAssertion,
    // Another URL of the same server may be one that it accepts.
    sign: (facts) =>
      (isForOrigin(facts) ? possible : likely)(
        audiences(facts).length > 0 && !isForServer(facts),
        'aud of the assertion is neither the issuer nor the token endpoint.',
      ),
    against: (facts) => (audiences(facts).length === 0 ? 'The assertion has no aud.' : null),
  }),
  'assertion-two-audiences': cause({
    stage: 'assertion',
    title: 'The assertion has more than one audience',
    meaning:
      'aud is a list. Many servers accept exactly one value, so that an assertion for one server cannot be used at another.',
    fixes: [
      { text: 'aud: issuer', change: { assertion: { aud: 'issuer' } } },
      { text: 'aud: token endpoint', change: { assertion: { aud: 'token_endpoint' } } },
      'Send one aud only.',
    ],
    spec: [rules, rfc(7519, '4.1.3')],
    applies: readsAssertion,
    sign: (facts) => possible(audiences(facts).length > 1, 'aud of the assertion is a list of several.'),
  }),
  'assertion-issuer': cause({
    stage: 'assertion',
    title: 'iss and sub of the assertion are not both the client ID',
    meaning: (facts) =>
      `A client speaks for itself: iss, sub and client_id are the same. ${differing(facts) ?? 'One of them is another than the server expects'}.`,
    fixes: (facts) => [
      ...claimsOfYourOwn(facts),
      'Send the client ID as iss and as sub, and no other client_id in the body.',
    ],
    spec: [rules],
    applies: readsAssertion,
    sign: (facts) => likely(differing(facts) !== null, `In the request, ${differing(facts) ?? ''}.`),
    against: (facts) => {
      const missing = missingClaims(facts).filter((name) => name === 'iss' || name === 'sub')
      return missing.length > 0 ? `The assertion has no ${missing.join(', no ')}.` : null
    },
  }),
  'assertion-claim-missing': cause({
    stage: 'assertion',
    title: (facts) => {
      const names = missingClaims(facts)
      return names.length === 0
        ? 'A claim that the server demands is missing in the assertion'
        : `The assertion has no ${names.join(', no ')}`
    },
    meaning:
      'An assertion has to say who made it (iss), for whom (sub), for which server (aud) and until when (exp). Many servers demand jti in addition, so that it works once only.',
    fixes: (facts) => [
      ...claimsOfYourOwn(facts),
      `Send ${missingClaims(facts).join(' and ') || 'iss, sub, aud, exp and jti'} in the assertion, as the page does by itself.`,
    ],
    spec: [rules],
    applies: readsAssertion,
    sign: (facts) => {
      const names = missingClaims(facts)
      const found = `The assertion has no ${names.join(', no ')}.`
      return lacksDemanded(facts) ? likely(true, found) : possible(names.length > 0, found)
    },
  }),
  'assertion-expired': cause({
    stage: 'assertion',
    title: 'The assertion has expired',
    meaning:
      'By the server’s clock, exp of the assertion is past: it was signed too long ago, or a clock is wrong.',
    fixes: (facts) => [
      ...clockFixes(facts),
      'Send the request again: the page signs another one every time.',
    ],
    spec: [rules, rfc(7519, '4.1.4')],
    applies: readsAssertion,
    sign: ({ sent: { assertion }, now }) => {
      const past = secondsSince(assertion, 'exp', now)
      return likely(past !== null && past > 0, `The assertion expired ${past ?? 0} s before the response.`)
    },
    against: (facts) => {
      const past = secondsSince(facts.sent.assertion, 'exp', facts.now)
      if (past === null) return 'The assertion has no exp.'
      return past < -leewayOf(facts) ? `By its exp, the assertion is valid for another ${-past} s.` : null
    },
  }),
  'assertion-not-yet-valid': cause({
    stage: 'assertion',
    title: 'The assertion is not valid yet',
    meaning:
      'By the server’s clock, nbf or iat of the assertion is in the future: the clock that signed it is ahead.',
    fixes: (facts) => [
      ...clockFixes(facts),
      { text: 'Leave nbf out', change: { assertion: { nbf: false } } },
    ],
    spec: [rules, rfc(7519, '4.1.5')],
    applies: readsAssertion,
    sign: (facts) => {
      const { sent, now } = facts
      const [name, ahead] = (['nbf', 'iat'] as const)
        .map((name) => [name, -(secondsSince(sent.assertion, name, now) ?? 0)] as const)
        .reduce((one, other) => (other[1] > one[1] ? other : one))
      const found = `${name} of the assertion is ${ahead} s ahead of the response.`
      return ahead > leewayOf(facts) ? likely(true, found) : null
    },
  }),
  'assertion-replayed': cause({
    stage: 'assertion',
    title: 'The assertion was used before',
    meaning:
      'Each assertion has a jti, and a server that remembers it accepts the assertion once. A copied or repeated request is refused.',
    fixes: ['Send the request again from the form: the page signs a new assertion, with a new jti.'],
    spec: [rules, rfc(7519, '4.1.7')],
    applies: readsAssertion,
    sign: ({ past }) => likely(past.jtiSeen, 'This assertion, or its jti, was sent before.'),
  }),
  'assertion-lifetime': cause({
    stage: 'assertion',
    title: 'The assertion is valid for longer than the server allows',
    meaning: ({ sent, now }) =>
      `From iat to exp it is ${lifetimeOf(sent.assertion, now) ?? 'an unknown number of'} s. Servers limit that to a minute or five, so that a stolen assertion is of little use.`,
    fixes: [
      { text: 'Lifetime: 60 s', change: { assertion: { lifetime: 60 } } },
      'Send an exp that is at most 60 s after iat.',
    ],
    spec: [rules],
    applies: ({ sent: { assertion }, now }) => (lifetimeOf(assertion, now) ?? 0) > 60,
    sign: ({ sent: { assertion }, now }) => {
      const lifetime = lifetimeOf(assertion, now) ?? 0
      return possible(lifetime > usualLifetime, `The assertion is valid for ${lifetime} s.`)
    },
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
