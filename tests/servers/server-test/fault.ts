import type { HttpRequest, HttpResponse } from '../../../src/lib/http/message.ts'
import type { Verdict } from '../../../src/lib/server-test/base/row.ts'
import type { CompleteServer } from '../complete-server.ts'
import { basicOf, field, formOf, respond, withField, withForm, withJson } from './messages.ts'
import type { Proxy } from './interposed.ts'

/** What a proxy does wrong, and what a test has to say of it. */
export interface FaultRow {
  readonly make: (server: CompleteServer) => Proxy
  /** Of the row of that id; `deviates` unless given. */
  readonly verdict?: Verdict
  /** What cannot but change with it: without a right call, for one, a wrong one says nothing. */
  readonly also?: Readonly<Record<string, Verdict>> | ((id: string) => Verdict | null)
}

export type Forward = (request: HttpRequest) => Promise<HttpResponse>

/** A fault that concerns some requests: the others go on as they are. */
export const when = (
  concerns: (request: HttpRequest, server: CompleteServer) => boolean,
  act: (
    request: HttpRequest,
    forward: Forward,
    server: CompleteServer,
  ) => HttpResponse | Promise<HttpResponse>,
  more: Omit<FaultRow, 'make'> = {},
): FaultRow => ({
  ...more,
  make: (server) => (request, forward) =>
    concerns(request, server) ? act(request, forward, server) : forward(request),
})

/** A fault in some responses. */
export const inResponse = (
  concerns: (request: HttpRequest, response: HttpResponse, server: CompleteServer) => boolean,
  edit: (
    response: HttpResponse,
    request: HttpRequest,
    server: CompleteServer,
  ) => HttpResponse | Promise<HttpResponse>,
  more: Omit<FaultRow, 'make'> = {},
): FaultRow => ({
  ...more,
  make: (server) => async (request, forward) => {
    const response = await forward(request)
    return concerns(request, response, server) ? edit(response, request, server) : response
  },
})

export const isToken = ({ url, method }: HttpRequest): boolean =>
  /\/token(\?|$)/.test(url) && method !== 'OPTIONS'

/** A token that the first client asked for, and not for the API. */
export const isPlainToken = (request: HttpRequest, { status }: HttpResponse): boolean =>
  isToken(request) && status === 200 && basicOf(request)[0] === 'tester' && !formOf(request).has('resource')

export const refuse =
  (status: number, error: string) =>
  (request: HttpRequest): HttpResponse =>
    respond(request, status, { error })

/** Goes on as another request. */
export const asIf =
  (edit: (request: HttpRequest, server: CompleteServer) => HttpRequest | Promise<HttpRequest>) =>
  async (request: HttpRequest, forward: Forward, server: CompleteServer): Promise<HttpResponse> =>
    forward(await edit(request, server))

export const withSecret = (
  request: HttpRequest,
  { client_id, client_secret = '' }: { client_id: string; client_secret?: string },
) =>
  withField(
    withForm(request, (form) => {
      form.delete('client_id')
      form.delete('client_secret')
    }),
    'authorization',
    `Basic ${btoa(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`)}`,
  )

/** A server that deviates nowhere: oidc-provider with what it owes besides. */
export const mended =
  (proxy: Proxy): Proxy =>
  (request, forward) =>
    proxy(request, async (own) => {
      const response = await forward(own)
      const origin = field(own, 'origin')
      if (!isToken(own) || response.status < 400) return response
      // It allows no origin to a client that it does not know.
      const readable = origin === '' ? response : withField(response, 'Access-Control-Allow-Origin', origin)
      // It has a challenge only if the credentials were in the header.
      const challenged =
        response.status === 401 && field(readable, 'www-authenticate') === ''
          ? withField(readable, 'WWW-Authenticate', 'Basic realm="mended"')
          : readable
      // It calls some bad assertions a bad request.
      const isAsserted = formOf(own).has('client_assertion')
      return isAsserted && response.status === 400 && field(own, 'dpop') === ''
        ? withJson(challenged, (members) => ({ ...members, error: 'invalid_client' }))
        : challenged
    })
