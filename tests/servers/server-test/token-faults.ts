import type { HttpResponse } from '../../../src/lib/http/message.ts'
import { asIf, type FaultRow, isPlainToken, isToken, refuse, inResponse, when, withSecret } from './fault.ts'
import { basicOf, field, formOf, respond, withField, withForm, withJson, without } from './messages.ts'

const issued = (
  edit: (members: Record<string, unknown>) => Record<string, unknown>,
  more: Partial<FaultRow> = {},
) => inResponse(isPlainToken, (response) => withJson(response, edit), more)

const refusals = (edit: (response: HttpResponse) => HttpResponse, more: Partial<FaultRow> = {}) =>
  inResponse(
    (request, { status }) => isToken(request) && status === 400 && !formOf(request).has('grant_type'),
    edit,
    more,
  )

/** Parameters that are in the URL, as if they were in the body. */
const fromUrl = asIf((request) => {
  const url = new URL(request.url)
  return {
    ...withForm(request, (form) => {
      for (const [name, value] of url.searchParams) form.append(name, value)
    }),
    url: url.origin + url.pathname,
  }
})

/** A server that looks at no resource. */
const ignoring = (value: string): FaultRow =>
  when(
    (request) => formOf(request).get('resource') === value,
    asIf((request) => withForm(request, (form) => form.delete('resource'))),
    { verdict: 'note' },
  )

/** One for each row of the token endpoint. */
export const tokenFaults: Readonly<Record<string, FaultRow>> = {
  baseline: inResponse(isPlainToken, (response) => ({ ...response, status: 201 })),
  'content-type': inResponse(isPlainToken, (response) => withField(response, 'Content-Type', 'text/plain')),
  'no-store': inResponse(isPlainToken, (response) => withField(response, 'Cache-Control', 'private')),
  pragma: inResponse(isPlainToken, (response) => withField(response, 'Pragma', 'no-cache'), {
    verdict: 'ok',
  }),
  'token-type': issued((members) => without(members, 'token_type')),
  'expires-in': issued((members) => ({ ...members, expires_in: String(members['expires_in']) })),
  'scope-returned': inResponse(
    (request, response) => isPlainToken(request, response) && formOf(request).get('scope') === 'read write',
    (response) => withJson(response, (members) => ({ ...members, scope: '' })),
  ),
  'no-refresh-token': issued((members) => ({ ...members, refresh_token: 'a-refresh-token' })),
  'token-characters': issued(
    (members) => ({ ...members, access_token: `${String(members['access_token'])}=!` }),
    {
      // A signature with such a character is none.
      also: { 'jwt-verifies': 'deviates' },
    },
  ),
  lifetime: issued((members) => ({ ...members, expires_in: 90_000 })),
  'server-named': inResponse(isPlainToken, (response) => withField(response, 'Server', 'Proxy/1.2.3'), {
    verdict: 'note',
  }),
  'fresh-token': {
    verdict: 'note',
    make: () => {
      const kept = new Map<string, HttpResponse>()
      return async (request, forward) => {
        const name = `${request.body ?? ''} ${field(request, 'authorization')}`
        const response = kept.get(name) ?? (await forward(request))
        if (isPlainToken(request, response)) kept.set(name, response)
        return response
      }
    },
  },
  'baseline-again': {
    verdict: 'note',
    make: () => {
      let isLocked = false
      return (request, forward) => {
        isLocked ||= basicOf(request)[1].startsWith('a-SECRET')
        return isLocked && isToken(request) ? refuse(401, 'invalid_client')(request) : forward(request)
      }
    },
  },
  'unknown-parameter': when(
    (request) => formOf(request).get('x-unknown') === '1',
    refuse(400, 'invalid_request'),
  ),
  'empty-parameter': when(
    (request) => formOf(request).get('audience') === '',
    refuse(400, 'invalid_request'),
  ),
  'charset-parameter': when(
    (request) => /charset/i.test(field(request, 'content-type')),
    refuse(400, 'invalid_request'),
  ),
  'space-encoding': when(
    (request) => /scope=read%20write/.test(request.body ?? ''),
    refuse(400, 'invalid_scope'),
  ),
  'hostile-characters': inResponse(
    (request) => (formOf(request).get('x-unknown') ?? '').includes('<b>'),
    (response, request) =>
      withJson(response, (members) => ({ ...members, echo: formOf(request).get('x-unknown') })),
  ),
  nul: when((request) => (request.body ?? '').includes('%00'), refuse(500, 'server_error')),
  'large-parameter': when((request) => (request.body ?? '').length > 8000, refuse(500, 'server_error')),
  'missing-grant-type': when(
    (request) =>
      isToken(request) &&
      request.method === 'POST' &&
      /form/.test(field(request, 'content-type')) &&
      !formOf(request).has('grant_type') &&
      !request.url.includes('?'),
    refuse(400, 'invalid_grant'),
  ),
  'unknown-grant-type': when(
    (request) => formOf(request).get('grant_type') === 'urn:example:none',
    refuse(400, 'invalid_request'),
  ),
  'repeated-grant-type': when(
    (request) => formOf(request).getAll('grant_type').length > 1,
    asIf((request) => withForm(request, (form) => form.set('grant_type', 'client_credentials'))),
  ),
  'repeated-parameter': when(
    (request) => formOf(request).getAll('scope').length > 1,
    asIf((request) => withForm(request, (form) => form.set('scope', 'read'))),
  ),
  'query-parameter': when(
    (request) => request.method === 'POST' && request.url.includes('?grant_type='),
    fromUrl,
  ),
  get: when(
    (request) => isToken(request) && request.method === 'GET',
    (request) => respond(request, 405, {}),
  ),
  'query-credentials': when(
    (request) => request.method === 'POST' && request.url.includes('client_secret='),
    asIf((request) => {
      const { origin, pathname, searchParams } = new URL(request.url)
      const [client_id, client_secret] = [
        searchParams.get('client_id') ?? '',
        searchParams.get('client_secret') ?? '',
      ]
      return { ...withSecret(request, { client_id, client_secret }), url: origin + pathname }
    }),
  ),
  'json-body': when(
    (request) => isToken(request) && /json/.test(field(request, 'content-type')),
    refuse(500, 'server_error'),
  ),
  'two-methods': when(
    (request) => field(request, 'authorization') !== '' && formOf(request).has('client_secret'),
    asIf((request) =>
      withForm(request, (form) => {
        form.delete('client_secret')
        form.delete('client_id')
      }),
    ),
  ),
  'client-id-beside-basic': when(
    (request) =>
      isToken(request) &&
      field(request, 'authorization') !== '' &&
      formOf(request).has('client_id') &&
      !formOf(request).has('client_secret'),
    refuse(400, 'invalid_request'),
  ),
  'basic-supported': when(
    (request) =>
      formOf(request).get('client_secret') === 'A-secret-With-letters' &&
      field(request, 'authorization') === '' &&
      !request.url.includes('?'),
    refuse(400, 'invalid_request'),
    { verdict: 'note' },
  ),
  'basic-case': when(
    (request) => field(request, 'authorization').startsWith('basic '),
    refuse(401, 'invalid_client'),
  ),
  'basic-malformed': when(
    (request) => field(request, 'authorization') === 'Basic !!!',
    refuse(500, 'server_error'),
  ),
  'basic-encoding': {
    make: ({ file }) => {
      const raw = `Basic ${btoa(`${file.encoding?.client_id ?? ''}:${file.encoding?.client_secret ?? ''}`)}`
      return (request, forward) => {
        if (field(request, 'authorization') === raw && file.encoding)
          return forward(withSecret(request, file.encoding))
        return basicOf(request)[0] === file.encoding?.client_id
          ? refuse(401, 'invalid_client')(request)
          : forward(request)
      }
    },
  },
  'no-scope': when(
    (request) =>
      isToken(request) &&
      basicOf(request)[0] === 'tester' &&
      formOf(request).get('grant_type') === 'client_credentials' &&
      (formOf(request).get('scope') ?? '') === '',
    refuse(400, 'invalid_grant'),
  ),
  'empty-scope': when((request) => formOf(request).get('scope') === '', refuse(400, 'invalid_scope')),
  'scope-beyond': when(
    (request) => (formOf(request).get('scope') ?? '').includes('no.such.scope'),
    async (request, forward) =>
      withJson(await forward(withForm(request, (form) => form.set('scope', 'read'))), (members) =>
        without(members, 'scope'),
      ),
  ),
  'scope-malformed': when(
    (request) => formOf(request).get('scope') === 'a"b',
    async (request, forward) =>
      withJson(await forward(withForm(request, (form) => form.set('scope', 'read'))), (members) => ({
        ...members,
        scope: 'a"b',
      })),
  ),
  'resource-unknown': ignoring('https://unknown.invalid/'),
  'resource-fragment': ignoring('https://a.invalid/#x'),
  'no-credentials': when(
    (request) =>
      isToken(request) &&
      request.method === 'POST' &&
      formOf(request).get('client_id') === 'tester' &&
      !formOf(request).has('client_secret') &&
      field(request, 'authorization') === '',
    asIf((request, { file }) => withSecret(request, file.client)),
  ),
  'wrong-secret-post': when(
    (request) => formOf(request).get('client_secret') === 'not-the-secret',
    refuse(400, 'invalid_grant'),
  ),
  'wrong-secret-basic': inResponse(
    (request) => basicOf(request)[1] === 'not-the-secret',
    (response) => withJson(response, (members) => ({ ...members, error: 'invalid_grant' })),
  ),
  'unknown-client': when(
    (request) =>
      isToken(request) && request.method === 'POST' && basicOf(request)[0] === 'no-client-of-this-name',
    asIf((request, { file }) => withSecret(request, file.client)),
  ),
  'secret-case': when(
    (request) => basicOf(request)[1] === 'a-SECRET-wITH-LETTERS',
    asIf((request, { file }) => withSecret(request, file.client)),
  ),
  challenge: inResponse(
    (request, { status }) => isToken(request) && status === 401,
    (response) => withField(response, 'WWW-Authenticate', null),
  ),
  'error-json': refusals((response) => withJson(response, (members) => ({ ...members, error: 'oops' }))),
  'error-no-store': refusals((response) => withField(response, 'Cache-Control', 'private'), {
    verdict: 'note',
  }),
  'error-characters': refusals((response) =>
    withJson(response, (members) => ({ ...members, error_description: 'fehlt: ü' })),
  ),
  'error-disclosure': refusals((response) =>
    withJson(response, (members) => ({
      ...members,
      error_description: 'boom\n    at f (/usr/src/app.js:1:2)'.replace('\n', ' '),
    })),
  ),
  'secret-echo': inResponse(
    (request) => basicOf(request)[1] === 'not-the-secret',
    (response, request) =>
      withJson(response, (members) => ({ ...members, error_description: `wrong: ${basicOf(request)[1]}` })),
    // These words are not those to a client that does not exist.
    { also: { 'unknown-client': 'note' } },
  ),
}
