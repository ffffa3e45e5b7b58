import { isNothing, type JsonValue, member } from '../../json/value.ts'
import { rfc } from '../../spec.ts'
import { fail, pass, skipped, warn } from '../../check.ts'
import type { Rule } from './rule.ts'

/** A member that is `null` or empty is absent. */
function lacks(response: JsonValue | null, name: string): boolean {
  const value = member(response, name)
  return value === undefined || isNothing(value)
}

const refreshToken: Rule = {
  what: 'There is no refresh token',
  group: 'response',
  spec: rfc(6749, '4.4.3'),
  needs: 'response',
  look: ({ context: { response } }) =>
    lacks(response, 'refresh_token')
      ? pass('The client asks again with its own credentials.')
      : warn(
          'A refresh token should not come with this grant, and is one secret more to keep. SimpleIdServer sends one.',
        ),
}

const idToken: Rule = {
  what: 'There is no ID token',
  group: 'response',
  spec: rfc(6749, '4.4.3'),
  needs: 'response',
  look: ({ context: { response } }) =>
    lacks(response, 'id_token')
      ? pass('No user signed in, and none is reported.')
      : warn('An ID token reports that a user signed in, and with this grant nobody does.'),
}

const noStore: Rule = {
  what: 'The response must not be stored',
  group: 'response',
  spec: rfc(6749, '5.1'),
  needs: 'nothing',
  look({ context: { noStore: said } }) {
    if (said === null) return skipped('The response is not at hand.')
    return said
      ? pass('Cache-Control says no-store.')
      : fail('Cache-Control does not say no-store, which it must if there is a token.')
  },
}

/** The response it came in. */
export const responseRules: readonly Rule[] = [refreshToken, idToken, noStore]
