import { describe, expect, it } from 'vitest'
import type { HeaderList, HttpRequest } from '../../http/message.ts'
import { emptyConfig } from '../../oauth/config/config.ts'
import { readTokenResponse } from '../../oauth/response/read-response.ts'
import { explainVerdict, textOf } from './explain.ts'
import { readCame } from './facts/came.ts'
import { type Endpoint, noPast } from './facts/facts.ts'
import { unmeasured } from './facts/measured.ts'
import { readSent } from './facts/sent.ts'
import { findReason } from './reason.ts'
import { now } from './refusal-testing.ts'

const form = ['content-type', 'application/x-www-form-urlencoded'] as const
const basic = ['authorization', 'Basic bTJtOnNlY3JldA=='] as const

/** What the page says of it with no record at all, of a server that nobody wrote down. */
function told(
  { body, status = 400, headers = [] }: { body: string; status?: number; headers?: HeaderList },
  sent: Partial<HttpRequest> = {},
  endpoint: Endpoint = 'token',
) {
  const request: HttpRequest = {
    method: 'POST',
    url: 'http://id.example.test/auth/token',
    headers: [form],
    body: 'grant_type=client_credentials&client_id=m2m&client_secret=secret',
    ...sent,
  }
  const response = { status, statusText: '', headers, body: new TextEncoder().encode(body) }
  const reading = readTokenResponse({ kind: 'response', response })
  if (reading.kind === 'unreachable') throw new Error(reading.kind)
  const config = {
    ...emptyConfig,
    client_id: 'm2m',
    client_secret: 'secret',
    token_endpoint: request.url,
    token_endpoint_auth_method: request.headers.includes(basic)
      ? 'client_secret_basic'
      : 'client_secret_post',
  } as const
  const facts = {
    endpoint,
    sent: readSent(request),
    measured: unmeasured,
    came: readCame(reading.answer),
    config,
    now,
    past: noPast,
    pasted: '',
  }
  const verdict = findReason(facts, null, [])
  const { fixes } = explainVerdict(verdict, facts)
  const [first] = verdict.reasons
  return { cause: first?.id, stage: verdict.stage, certainty: verdict.certainty, fixes: fixes.map(textOf) }
}

const detail = (...faults: readonly object[]) => ({ body: JSON.stringify({ detail: faults }), status: 422 })
const missing = (...loc: readonly string[]) => ({ type: 'missing', loc, msg: 'Field required', input: null })
const get = { method: 'GET', url: 'https://api.example.test/things', headers: [], body: null } as const
const bearer = { ...get, headers: [['authorization', 'Bearer opaque']] as const }

describe('a validator names field, place and rule', () => {
  it('credentials that are wanted in the body, after Basic', () => {
    const request = { headers: [form, basic], body: 'grant_type=client_credentials' }
    const { fixes, ...verdict } = told(detail(missing('body', 'client_id')), request)
    expect(verdict).toEqual({ cause: 'basic-ignored', stage: 'method', certainty: 'likely' })
    expect(fixes[0]).toMatch(/in the body/)
  })

  it.each([
    ['query-wanted', missing('query', 'client_id')],
    ['json-wanted', { type: 'dict_type', loc: ['body'], msg: '', input: 'grant_type=x' }],
    [
      'password-grant-only',
      { type: 'string_pattern_mismatch', loc: ['body', 'grant_type'], ctx: { pattern: 'password' } },
    ],
    ['parameter-missing', missing('body', 'tenant')],
  ])('%s', (cause, fault) => {
    expect(told(detail(fault)).cause).toBe(cause)
  })

  it('a parameter in the query that was not sent at all is not one that is at the wrong place', () => {
    expect(told(detail(missing('query', 'tenant'))).cause).not.toBe('query-wanted')
  })

  it('the header that an API looks at', () => {
    const named = told(detail(missing('header', 'x-key')), bearer, 'api')
    expect(named).toMatchObject({ cause: 'header-other', stage: 'header' })
    expect(named.fixes[0]).toContain('x-key')
    expect(told(detail(missing('header', 'authorization')), get, 'api').cause).toBe('no-credentials')
  })
})

describe('a page is no refusal of OAuth', () => {
  const nginx = (title: string, status: number) => ({
    status,
    body: `<html>\n<head><title>${title}</title></head><body><hr><center>nginx</center></body></html>`,
  })

  it.each([
    ['502 Bad Gateway', 502, 'gateway-no-response'],
    ['413 Request Entity Too Large', 413, 'gateway-body-too-large'],
    ['429 Too Many Requests', 429, 'gateway-rate-limit'],
  ])('%s', (title, status, cause) => {
    expect(told(nginx(title, status))).toMatchObject({ cause, stage: 'gateway', certainty: 'likely' })
  })

  it('what its text is about says nothing', () => {
    const body =
      '<!doctype html><title>Not Found</title><p>The requested resource is unknown: invalid client</p>'
    expect(told({ body, status: 404 })).toMatchObject({ cause: 'path-unknown', stage: 'route' })
  })

  it('a CSRF check is of another path', () => {
    const body =
      '<html><title>403 Forbidden</title><h1>CSRF verification failed. Request aborted.</h1></html>'
    expect(told({ body, status: 403 }).cause).toBe('other-endpoint')
  })

  it('an inactive token and a missing right are one page of a gateway', () => {
    const { stage, certainty } = told(nginx('403 Forbidden', 403), bearer, 'api')
    expect([stage, certainty]).toEqual([null, 'possible'])
  })
})

describe('a redirect that can be read', () => {
  const to = (location: string) => ({
    body: '',
    status: 307,
    headers: [['location', location]] as HeaderList,
  })

  it('leads to the same path with a slash, which one click adds', () => {
    const { cause, fixes } = told(to('/auth/token/'))
    expect(cause).toBe('slash-at-end')
    expect(fixes[0]).toContain('http://id.example.test/auth/token/')
  })

  it('leads to https', () => {
    expect(told(to('https://id.example.test/auth/token'))).toMatchObject({
      cause: 'redirect-to-https',
      stage: 'https',
    })
  })
})

describe('words that name no one cause', () => {
  it('wrong ID or secret leave both', () => {
    const { stage, certainty } = told({
      body: '{"detail":"Invalid client_id or client_secret"}',
      status: 401,
    })
    expect([stage, certainty]).toEqual([null, 'possible'])
  })

  it('an empty 403 may be of a token that the API does not know; without one, it is that', () => {
    expect(told({ body: '', status: 403 }, get, 'api')).toMatchObject({ cause: 'no-credentials' })
    expect(told({ body: '', status: 403 }, bearer, 'api').stage).toBeNull()
  })
})
