import { hidesSecret, isSecretName } from '../text/hides-secret.ts'
import type { Secrets } from './renderer.ts'

/** Whether a value of that name is not to be written down: credentials, and proofs, which are good for one request. */
export function isSecret(name: string, value: string): boolean {
  return isSecretName(name) || name.toLowerCase() === 'dpop' || hidesSecret(value, '')
}

/** Whether a variable is in the place of that value. */
export function isHidden(name: string, value: string, secrets: Secrets): boolean {
  if (secrets === 'shown' || (typeof secrets === 'object' && secrets.written.includes(value))) return false
  return isSecret(name, value)
}

/** Whether a body that is no form names a secret, or is one. */
export function namesSecret(body: string): boolean {
  return body.split(/[^\w-]+/).some(isSecretName) || hidesSecret(body, '')
}

/**
 * The variable in place of a secret: `client_secret` is in `CLIENT_SECRET`. What only its value gives away gets a longer
 * name, as `PATH` and `HOME` mean something to every system, and so does `PWD`.
 */
function variableName(name: string): string {
  const word = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
  const own = (isSecretName(name) && word !== 'PWD') || word === 'DPOP' || word === 'BODY'
  return `${/^\d/.test(word) ? '_' : ''}${word}${own ? '' : '_VALUE'}`
}

/** Gives a variable for each secret, the same one for the same value: a second value of a name is in `NAME_2`. */
export function variableNames(): (name: string, value: string) => string {
  const values = new Map<string, string>()
  return (name, value) => {
    const first = variableName(name)
    let variable = first
    for (let count = 2; (values.get(variable) ?? value) !== value; count += 1) variable = `${first}_${count}`
    values.set(variable, value)
    return variable
  }
}
