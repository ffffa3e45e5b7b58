import { isObject } from '../../json/own-members.ts'
import { fromRequest } from '../from-request.ts'
import type { Kind, Recognised } from '../kind.ts'

const pair = String.raw`[\w.-]{1,100}=[^&\s]*`

/** Pairs, perhaps of a query, each in a line of its own or all in one. */
const form = new RegExp(String.raw`^\??${pair}(?:\s*&\s*${pair})*&?$`)

/** What tells a form of a token request from other pairs. */
const isTokenRequest = (names: readonly string[]): boolean =>
  names.includes('grant_type') ||
  (names.includes('client_id') &&
    names.some((name) => /^(?:client_secret|client_assertion|scope)$/.test(name)))

/**
 * The body of a token request alone, as a form, as JSON or as names and values line by line; or its query, behind a URL or
 * without one.
 * @see RFC 6749 section 4.4.2
 */
export const formBody: Kind = {
  kind: 'form-body',
  read({ text, document }) {
    if (isObject(document))
      return Object.hasOwn(document, 'grant_type') && typeof document['grant_type'] === 'string'
        ? of('the body of a token request', '', JSON.stringify(document))
        : null
    const isUrl = /^https?:\/\/\S{1,2000}\?/i.test(text)
    const query = isUrl ? text.slice(text.indexOf('?')) : text
    if (query.length > 1024 * 1024 || !form.test(query)) return null
    const body = query.replace(/^\?/, '').replace(/\s+/g, '')
    const names = [...new URLSearchParams(body).keys()]
    if (isUrl) return names.includes('grant_type') ? of('the URL of a token request', text, null) : null
    return isTokenRequest(names) ? of('the body of a token request', '', withGrant(body, names)) : null
  },
}

const withGrant = (body: string, names: readonly string[]): string =>
  names.includes('grant_type') ? body : `grant_type=client_credentials&${body}`

/** It does not say what is in the header fields: a client that sends nothing here may send a Basic header. */
function of(what: string, url: string, body: string | null): Recognised {
  const { proposal, ignored } = fromRequest({ method: 'POST', url, headers: [], body })
  if (proposal.kind === 'call') return { what, proposals: [{ ...proposal, name: '' }], ignored }
  const { token_endpoint_auth_method: method, ...others } = proposal.config
  const config = method === 'none' ? others : proposal.config
  return { what, proposals: [{ ...proposal, config, isWhole: false, name: '' }], ignored }
}
