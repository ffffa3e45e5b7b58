import type { Change } from '../../faults/fault.ts'
import { asString, member } from '../../json/value.ts'
import { readIntrospection } from '../../oauth/operations/introspection.ts'
import { boundKey } from '../../oauth/response/token-facts.ts'
import { rfc } from '../../spec.ts'
import { quoted } from '../../text/quoted.ts'
import { accepted, configured, edited, operationAttempt, repeated } from '../base/attempts.ts'
import { asBaseline, unread } from '../base/judges.ts'
import { deviates, type Judgement, noted, ok, type Rows, type Seen, type Sent, skipped } from '../base/row.ts'
import { came, codeOf, fieldOf, finals, issued, seesField, statusOf } from '../base/sent.ts'
import { wrongCode } from './wrong-code.ts'
import { dpopRow, hasNonce, proofAttempt, proofRows } from './dpop-proof.ts'

const noteRow = { ...dpopRow, weight: 'note' } as const

const tokenOf = ({ of }: Pick<Seen, 'of'>) => issued(finals({ mine: of('dpop-baseline') })[0])

/** The first request for which the server wanted a nonce: of the client itself, if it is one for DPoP. */
const askedFor = ({ of }: Pick<Seen, 'of'>): Sent | undefined =>
  [...of('baseline'), ...of('dpop-baseline')].find((sent) => codeOf(sent) === 'use_dpop_nonce')

const spoilt = (to: (claims: Readonly<Record<string, unknown>>) => Record<string, unknown>): Change => ({
  kind: 'signed',
  part: 'DPoP',
  spoil: (header, claims) => ({ header, claims: to(claims) }),
})

/** With what section 4.2 demands, and nothing else. */
const minimal: Change = {
  kind: 'signed',
  part: 'DPoP',
  spoil: ({ typ, alg, jwk }, { jti, htm, htu, iat, nonce }) => ({
    header: { typ, alg, jwk },
    claims: { jti, htm, htu, iat, ...(nonce === undefined ? {} : { nonce }) },
  }),
}

/** Tokens that are bound to a key. */
export const dpopRows = {
  'dpop-baseline': {
    ...noteRow,
    section: rfc(9449, '5'),
    title: 'A token with a proof',
    expected: 'a token of type DPoP',
    means: 'The token is good for whoever has it, though its client has a key.',
    advice: 'Bind tokens to the key of the proof.',
    lacks: () => null,
    sends: [accepted({ client: 'dpop', says: 'The right proof.' })],
    judge: (seen) => {
      const [sent] = finals(seen)
      const token = issued(sent)
      if (!token) return skipped(`${came(sent)} Is the client right?`)
      const type = asString(member(token.answer.members, 'token_type')) ?? ''
      return /^dpop$/i.test(type)
        ? ok(came(sent))
        : noted(`token_type is “${quoted(type)}”: the proof binds nothing.`)
    },
  },
  'dpop-nonce-ask': {
    ...dpopRow,
    section: rfc(9449, '8'),
    title: 'The server asks for its nonce',
    expected: '400 with use_dpop_nonce, and DPoP-Nonce',
    means: 'A client does not learn that it has to send a nonce, or which.',
    advice: 'Respond with 400, use_dpop_nonce and DPoP-Nonce to a proof without the nonce.',
    lacks: () => null,
    judge: (seen) => {
      const sent = askedFor(seen)
      if (!sent) return skipped('The server asks for no nonce.')
      const more = { evidence: sent }
      if (statusOf(sent) !== 400) return deviates(came(sent), more)
      if (fieldOf(sent, 'dpop-nonce') !== null) return ok(came(sent), more)
      return seesField(seen.environment, sent, 'dpop-nonce')
        ? deviates(`${came(sent)} It has no DPoP-Nonce.`, more)
        : skipped(`${came(sent)} A page cannot read DPoP-Nonce: the server does not expose it.`, more)
    },
  },
  'dpop-bound': {
    ...dpopRow,
    section: rfc(9449, '6.1'),
    title: 'The key in the token',
    expected: 'cnf.jkt, the thumbprint of the key, in the token or its introspection',
    means: 'No API can tell whose token it is: binding it is worth nothing.',
    advice: 'Put cnf with jkt into the token, or into the response to its introspection.',
    sends: [
      operationAttempt({
        target: 'introspection',
        client: 'dpop',
        says: 'The token cannot be read, so it is introspected.',
        token: (seen) => tokenOf(seen)?.accessToken ?? null,
        only: (seen) => tokenOf(seen)?.claims === null,
      }),
    ],
    judge: bound,
  },
  'dpop-minimal': {
    ...dpopRow,
    section: rfc(9449, '4.2'),
    title: 'A proof with what is demanded, and no more',
    expected: 'a token for jti, htm, htu and iat',
    means: 'Clients that follow the standard are refused.',
    advice: 'Demand no claims but those of the standard, and the nonce.',
    sends: [
      accepted({
        client: 'dpop',
        says: 'The proof has jti, htm, htu and iat, and the nonce if there is one.',
        altered: ['dpop'],
        change: minimal,
      }),
    ],
    judge: asBaseline,
  },
  'dpop-header-case': {
    ...dpopRow,
    section: rfc(9110, '5.1'),
    title: 'The field in lower case',
    expected: 'a token for “dpop” as for “DPoP”',
    means: 'Clients over HTTP/2, which has small letters alone, are refused.',
    advice: 'Compare names of fields without regard to case.',
    sends: [
      accepted({
        client: 'dpop',
        says: 'The name of the field is “dpop”.',
        altered: ['dpop'],
        change: edited((request) => ({
          ...request,
          headers: request.headers.map(([name, value]) => [name === 'DPoP' ? 'dpop' : name, value]),
        })),
      }),
    ],
    judge: asBaseline,
  },
  ...proofRows,
  'dpop-replayed': {
    ...noteRow,
    section: rfc(9449, '11.1'),
    title: 'A proof a second time',
    expected: 'either; it is better refused',
    means: 'Whoever gets hold of secret and proof can use both while the proof is recent.',
    advice: 'Remember the jti of proofs for as long as they are recent.',
    sends: [
      accepted({ client: 'dpop', says: 'A new proof.' }),
      repeated('The same proof, byte for byte.', { client: 'dpop', issues: true }),
    ],
    judge: (seen) => acceptedOrNot(seen, 'It accepts a proof twice.'),
  },
  'dpop-nonce-stale': {
    ...noteRow,
    section: rfc(9449, '8'),
    title: 'A nonce that the server did not give',
    expected: 'either; use_dpop_nonce with a new one is best',
    means: 'Proofs that were made long before can be used.',
    advice: 'Let nonces expire within minutes.',
    lacks: (seen) => dpopRow.lacks(seen) ?? (hasNonce(seen) ? null : 'The server gives no nonce.'),
    sends: [
      proofAttempt(
        'The nonce is one that the server never gave.',
        spoilt((claims) => ({ ...claims, nonce: 'of-yesterday' })),
      ),
    ],
    judge: (seen) => acceptedOrNot(seen, 'It accepts a nonce that it never gave.'),
  },
  'dpop-plain-token': {
    ...noteRow,
    section: rfc(9449, '5.2'),
    title: 'No proof at all',
    expected: 'a refusal, if the client is registered for bound tokens',
    means: 'Whoever gets hold of the secret need not have the key.',
    advice: 'Register the client with dpop_bound_access_tokens.',
    sends: [
      accepted({
        client: 'dpop',
        says: 'There is no proof.',
        works: false,
        change: configured((config) => ({ ...config, dpop: { ...config.dpop, on: false } })),
      }),
    ],
    judge: (seen) => acceptedOrNot(seen, 'The client gets tokens without a proof as well.'),
  },
  'dpop-error': {
    ...dpopRow,
    phase: 'afterwards',
    section: rfc(9449, '5'),
    title: 'How bad proofs are refused',
    expected: '400 with invalid_dpop_proof or use_dpop_nonce',
    means: 'A client cannot tell what is wrong.',
    advice: 'Respond to a bad proof with 400 and invalid_dpop_proof.',
    judge: (seen) => wrongCode(seen, Object.keys(proofRows), [400], ['invalid_dpop_proof', 'use_dpop_nonce']),
  },
} as const satisfies Rows

function acceptedOrNot(seen: Seen, whenAccepted: string): Judgement {
  const sent = finals(seen).at(-1)
  if (!sent) return skipped('Nothing was sent.')
  const unseen = unread(seen, sent)
  if (unseen) return unseen.verdict === 'deviates' ? { ...unseen, verdict: 'note' } : unseen
  return issued(sent) ? noted(`${came(sent)} ${whenAccepted}`) : ok(came(sent))
}

function bound(seen: Seen): Judgement {
  const token = tokenOf(seen)
  const [asked] = finals(seen)
  const read = asked && readIntrospection(asked.exchange.outcome)
  const members = read?.kind === 'active' ? read.members : (token?.claims ?? null)
  const evidence = asked ?? finals({ mine: seen.of('dpop-baseline') })[0]
  if (members === null) return skipped('The token cannot be read, and not introspected either.', { evidence })
  const jkt = boundKey(members)
  if (jkt === null) return deviates('There is no cnf with jkt.', { evidence })
  return jkt === seen.subject.clients.dpop?.dpop.key
    ? ok('cnf.jkt is the thumbprint of the key.', { evidence })
    : deviates('cnf.jkt is the thumbprint of another key.', { evidence })
}
