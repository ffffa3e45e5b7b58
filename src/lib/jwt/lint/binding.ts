import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { fail, pass, skipped, warn } from '../../check.ts'
import type { Rule } from './rule.ts'

const key: Rule = {
  what: 'It is bound to the key of the proof',
  group: 'binding',
  spec: rfc(9449, '6.1'),
  needs: 'claims',
  look({ claims, context: { thumbprint } }) {
    const jkt = member(member(claims, 'cnf'), 'jkt')
    if (jkt === undefined) {
      return thumbprint === null
        ? skipped('No proof was sent, and it is bound to no key.')
        : warn('A DPoP proof was sent, and the token has no cnf.jkt: whoever has it can use it.')
    }
    const found = asString(jkt)
    if (thumbprint === null)
      return warn(
        'It is bound to a key (cnf.jkt), and no proof was sent from here: only with that key is it of use.',
      )
    return found === thumbprint
      ? pass(`cnf.jkt is ${thumbprint}, the thumbprint of the key that signed the proof.`)
      : fail(
          `cnf.jkt is “${quoted(found ?? jkt.kind)}”, and the key that signed the proof has ${thumbprint}: it cannot be used with that key.`,
        )
  },
}

const type: Rule = {
  what: 'token_type says how it is bound',
  group: 'binding',
  spec: rfc(9449, '5'),
  needs: 'response',
  look({ decoded, claims, context: { response, thumbprint } }) {
    const value = member(response, 'token_type')
    const name = asString(value)
    if (name === undefined) return warn('The response has no token_type, which is required.')
    const said = `token_type is “${quoted(name)}”`
    const isDpop = /^dpop$/i.test(name)
    if (decoded.kind !== 'jws' || claims === null) {
      if (thumbprint !== null && !isDpop)
        return warn(`${said}, after a DPoP proof: the token is bound to no key.`)
      return pass(`${said}. What the token says cannot be read.`)
    }
    return held(said, isDpop, member(claims, 'cnf'))
  },
}

function held(said: string, isDpop: boolean, cnf: JsonValue | undefined) {
  const jkt = member(cnf, 'jkt') !== undefined
  if (isDpop && !jkt)
    return fail(`${said}, and the token has no cnf.jkt: an API cannot tell which key it is bound to.`)
  if (!isDpop && jkt)
    return fail(`${said}, and the token is bound to a key (cnf.jkt): as a bearer token it must be refused.`)
  if (jkt) return pass(`${said}, and the token has a cnf.jkt.`)
  return member(cnf, 'x5t#S256') === undefined
    ? pass(`${said}, and the token is bound to no key.`)
    : pass(`${said}, and the token is bound to a client certificate: it is good only over TLS with that.`)
}

/** Whether only the holder of a key can use it. */
export const bindingRules: readonly Rule[] = [key, type]
