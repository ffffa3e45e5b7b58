import { asString, type JsonValue, member } from '../../json/value.ts'
import { invisibleNames, tellNames } from '../../text/invisible-names.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { fail, pass, skipped, warn } from '../../check.ts'
import { whoOpens } from '../decode/who-opens.ts'
import { whyNoSignatureAlg } from '../verify/signature-alg.ts'
import { lengthTrouble } from '../verify/signature-length.ts'
import { algOf, type Rule } from './rule.ts'
import { secretRules } from './shared-secret.ts'

const readable: Rule = {
  what: 'Header and claims can be read',
  group: 'safety',
  spec: rfc(7519, '7.2'),
  needs: 'nothing',
  look({ decoded, header, claims }) {
    if (decoded.kind === 'opaque') return skipped(decoded.why)
    if (decoded.kind === 'jwe') return skipped(whoOpens(decoded.header.value).sentence)
    if (decoded.nested !== null)
      return warn(
        'The payload is a token of its own, decoded below: the claims are in there. An API has to verify both, and most libraries do not open the inner one by themselves.',
      )
    const problems = [
      ...(decoded.broken === null ? [] : [decoded.broken]),
      ...(header === null ? [`The header cannot be read. ${decoded.header.problems.join(' ')}`] : []),
      ...(claims === null ? [`The payload cannot be read. ${decoded.payload.problems.join(' ')}`] : []),
    ]
    return problems.length > 0 ? fail(problems.join(' ')) : pass('Both are JSON objects.')
  },
}

const signed: Rule = {
  what: 'It is signed',
  group: 'safety',
  spec: rfc(8725, '3.2'),
  needs: 'header',
  look(subject) {
    const { decoded } = subject
    const alg = algOf(subject)
    if (decoded.kind !== 'jws') return skipped('It is encrypted.')
    if (decoded.unsecured) return fail(`alg is “${quoted(alg)}”: anyone can have written it.`)
    if (alg === '') return fail('The header names no algorithm (alg).')
    const unknown = whyNoSignatureAlg(alg)
    if (unknown !== null) return fail(`alg is “${quoted(alg)}”. ${unknown}`)
    if (decoded.signature.text === '') return fail('It has no signature.')
    return pass(`alg is “${quoted(alg)}”.`)
  },
}

/** Its length is known before any key is. @see RFC 7518 sections 3.2 to 3.5 */
const length: Rule = {
  what: 'Its signature has the length of its algorithm',
  group: 'safety',
  spec: rfc(7518, '3.1'),
  needs: 'header',
  look(subject) {
    const { decoded } = subject
    const bytes = decoded.kind === 'jws' ? (decoded.signature.bytes?.length ?? 0) : 0
    if (bytes === 0) return skipped('It has none that can be read.')
    const wrong = lengthTrouble(algOf(subject), bytes)
    return wrong === null ? pass(`It has ${bytes} bytes.`) : fail(wrong)
  },
}

const keys: Rule = {
  what: 'It brings no key of its own',
  group: 'safety',
  spec: rfc(8725, '3.10'),
  needs: 'header',
  look({ header }) {
    const brought = ['jwk', 'jku', 'x5u', 'x5c'].filter((name) => member(header, name) !== undefined)
    return brought.length === 0
      ? pass('The header has no jwk, jku, x5u or x5c.')
      : warn(
          `The header has ${brought.join(', ')}: an API that accepts the key from there accepts what anyone signs.`,
        )
  },
}

/** Kinds of JWTs that are no access token, by `typ`. @see RFC 9449 section 4.2, RFC 9701 section 5, RFC 8417 section 2.3 */
const otherTypes =
  /^(?:application\/)?(?:dpop|client-authentication|token-introspection|secevent|logout|entity-statement|oauth-authz-req)\+jwt$/i

/** Claims of an ID token. @see OpenID Connect Core 1.0 sections 2 and 3.1.3.6 */
const ofIdToken = ['nonce', 'at_hash', 'c_hash']

const kind: Rule = {
  what: 'It is an access token, and no other kind',
  group: 'safety',
  spec: rfc(8725, '3.11'),
  needs: 'header',
  look({ header, claims, context: { client_id: own } }) {
    const typ = asString(member(header, 'typ')) ?? ''
    if (otherTypes.test(typ)) return fail(`typ is “${quoted(typ)}”: that is another kind of token.`)
    const signs = ofIdToken.filter((name) => member(claims, name) !== undefined)
    const isTyped = /^(?:application\/)?at\+jwt$/i.test(typ)
    if (signs.length > 0 && !isTyped) return warn(`It has ${signs.join(', ')}, as an ID token does.`)
    const aud = member(claims, 'aud')
    if (own !== '' && !isTyped && isOnly(aud, own))
      return warn('aud is the client itself, as in an ID token: only typ at+jwt would tell the two apart.')
    return pass(typ === '' ? 'Nothing speaks against it.' : `typ is “${quoted(typ)}”.`)
  },
}

const isOnly = (value: JsonValue | undefined, text: string): boolean =>
  asString(value) === text ||
  (value?.kind === 'array' && value.items.length === 1 && asString(value.items[0]) === text)

const unique: Rule = {
  what: 'No name appears twice',
  group: 'safety',
  spec: rfc(7519, '4'),
  needs: 'header',
  look({ header, claims }) {
    const repeated = [header, claims].flatMap((value) =>
      value?.kind === 'object' ? value.members.filter(({ duplicate }) => duplicate) : [],
    )
    const [first] = repeated
    return first === undefined
      ? pass('Every header parameter and claim is there once.')
      : warn(
          `“${quoted(first.key)}” appears more than once: readers may use different ones, or refuse the token.`,
        )
  },
}

const seen: Rule = {
  what: 'No name has invisible characters',
  group: 'safety',
  spec: rfc(7519, '7.3'),
  needs: 'header',
  look({ header, claims }) {
    const names = [...new Set([header, claims].flatMap(invisibleNames))]
    return names.length === 0
      ? pass('Every header parameter and claim is named as it looks.')
      : warn(`${tellNames(names)} Readers compare names character by character, and see others than you do.`)
  },
}

/** Whether it can be trusted at all. */
export const safetyRules: readonly Rule[] = [
  readable,
  signed,
  length,
  ...secretRules,
  keys,
  kind,
  unique,
  seen,
]
