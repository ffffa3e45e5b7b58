import { asksMore, scopeTokens, type TokenRequestConfig } from '../config/config.ts'
import { authMethodOf, inHeader, usesAssertion } from '../config/auth-methods.ts'
import { rfc } from '../../spec.ts'
import { checkEndpoint } from './check-endpoint.ts'
import { checkHost } from './check-host.ts'
import { loneSurrogate, stray } from './check-text.ts'
import type { Problem, Remark, Rule } from './problem.ts'

/**
 * Checks the fields that every configuration has, as they are typed. Only what is missing and errors prevent
 * sending.
 */
export function checkConfig(config: TokenRequestConfig): Problem[] {
  return (Object.keys(rules) as (keyof typeof rules)[]).flatMap((field) =>
    rules[field].flatMap((rule) => {
      const problem = rule(config[field], config)
      return problem ? [{ field, ...problem }] : []
    }),
  )
}

/** Whether a configuration has fields for `checkMore`, which is loaded on demand. */
export function needsMore(config: TokenRequestConfig): boolean {
  return usesAssertion(config) || config.dpop.on || asksMore(config)
}

export function isSendable(problems: readonly Remark[]): boolean {
  return !problems.some(({ level }) => level === 'error' || level === 'missing')
}

type Field = 'discovery' | 'token_endpoint' | 'client_id' | 'client_secret' | 'scope'

const rules: Readonly<Record<Field, readonly Rule[]>> = {
  discovery: [checkHost],
  token_endpoint: [checkEndpoint, stray, checkHost],
  client_id: [missingId, loneSurrogate, stray, colonInRawId],
  client_secret: [loneSurrogate, missingSecret, stray],
  scope: [loneSurrogate, commas, stray, repeatedSpaces, scopeCharacters, repeatedScope, openidScope],
}

function missingId(value: string): ReturnType<Rule> {
  return value === '' ? { level: 'missing', message: 'Enter the client ID.', spec: rfc(6749, '2.3.1') } : null
}

function missingSecret(value: string, config: TokenRequestConfig): ReturnType<Rule> {
  if (value !== '' || authMethodOf(config).sends !== 'secret') return null
  return { level: 'note', message: 'No secret: the client will not authenticate.', spec: rfc(6749, '2.3.1') }
}

function colonInRawId(value: string, config: TokenRequestConfig): ReturnType<Rule> {
  const raw = inHeader(config) && config.basic_encoding === 'raw'
  if (!raw || !value.includes(':')) return null
  return {
    level: 'warning',
    message: 'Not encoded, an ID with a colon is cut there: the server reads the rest as the secret.',
    spec: rfc(7617, '2'),
  }
}

function commas(value: string): ReturnType<Rule> {
  if (!value.includes(',')) return null
  return {
    level: 'warning',
    message: 'Scopes are separated by spaces; a comma becomes part of a name.',
    fix: {
      label: 'Use spaces',
      value: value
        .split(/[\s,]+/)
        .filter(Boolean)
        .join(' '),
    },
    spec: rfc(6749, '3.3'),
  }
}

function repeatedSpaces(value: string): ReturnType<Rule> {
  if (!/\S {2,}\S/.test(value)) return null
  return {
    level: 'warning',
    message: 'Exactly one space is between two scopes.',
    fix: { label: 'Use single spaces', value: value.replace(/ {2,}/g, ' ') },
    spec: rfc(6749, '3.3'),
  }
}

function scopeCharacters(value: string): ReturnType<Rule> {
  const outside = /[^\x21\x23-\x5B\x5D-\x7E\s\p{Cf}]/u.exec(value)
  if (!outside) return null
  return { level: 'warning', message: `${outside[0]} is not allowed in a scope.`, spec: rfc(6749, '3.3') }
}

function repeatedScope(value: string): ReturnType<Rule> {
  const seen = scopeTokens(value)
  const repeated = seen.find((token, index) => seen.indexOf(token) !== index)
  if (repeated === undefined) return null
  const fix = { label: 'Remove repeats', value: [...new Set(seen)].join(' ') }
  return { level: 'note', message: `${repeated} is asked for twice; some servers refuse that.`, fix }
}

function openidScope(value: string): ReturnType<Rule> {
  if (!scopeTokens(value).includes('openid')) return null
  return {
    level: 'note',
    message: 'openid asks who the user is, and this grant has no user: many servers refuse it.',
    spec: rfc(6749, '4.4'),
  }
}
