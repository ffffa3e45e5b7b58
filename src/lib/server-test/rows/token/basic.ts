import { faults } from '../../../faults/faults.ts'
import { addParameter, setHeader } from '../../../faults/edit-request.ts'
import { headerValue, type HttpRequest } from '../../../http/message.ts'
import { encodingMatters } from '../../../oauth/compose/basic-credentials.ts'
import type { BasicEncoding, TokenRequestConfig } from '../../../oauth/config/config.ts'
import type { AuthMethod } from '../../../oauth/config/auth-methods.ts'
import { rfc } from '../../../spec.ts'
import { accepted, composeChanged, configured, edited, tokenAttempt } from '../../base/attempts.ts'
import { asBaseline, refuses, unread } from '../../base/judges.ts'
import {
  type Attempt,
  deviates,
  type Judgement,
  noted,
  ok,
  type Rows,
  type Seen,
  skipped,
} from '../../base/row.ts'
import type { Subject } from '../../base/subject.ts'
import { came, codeOf, finals, issued } from '../../base/sent.ts'
import { noSecret } from './client.ts'

const row = {
  group: 'token',
  phase: 'refused',
  weight: 'should',
  section: rfc(6749, '2.3.1'),
  unless: noSecret,
} as const

const withBasic = (config: TokenRequestConfig): TokenRequestConfig => ({
  ...config,
  token_endpoint_auth_method: 'client_secret_basic',
})

/** A request with the secret in a Basic header, whatever the client has else, and that change. */
const basic = (
  says: string,
  altered: string,
  edit: (request: HttpRequest, config: TokenRequestConfig) => HttpRequest,
): Attempt => ({
  ...accepted({ says, altered: [altered] }),
  compose: (seen) => composeChanged(withBasic(seen.subject.clients.client), edited(edit), seen),
})

/** The other place for the secret. */
const other = (config: TokenRequestConfig): TokenRequestConfig => ({
  ...config,
  token_endpoint_auth_method:
    config.token_endpoint_auth_method === 'client_secret_post' ? 'client_secret_basic' : 'client_secret_post',
})

/** The methods by which a secret was accepted. */
export function workingMethods({ subject, of }: Seen): readonly AuthMethod[] {
  const { client } = subject.clients
  const [tried] = finals({ mine: of('basic-supported') })
  return [
    client.token_endpoint_auth_method,
    ...(issued(tried) ? [other(client).token_endpoint_auth_method] : []),
  ]
}

const noBasic = (seen: Seen): string | null =>
  workingMethods(seen).includes('client_secret_basic')
    ? null
    : 'The server accepts no Basic header of this client.'

/** The encoding client, or the client itself if its encoding matters. */
const encodingClient = ({ clients }: Subject): TokenRequestConfig => clients.encoding ?? clients.client

const encoded = (
  says: string,
  method: AuthMethod,
  basic_encoding: BasicEncoding,
  only?: Attempt['only'],
): Attempt => ({
  ...accepted({
    client: 'encoding',
    says,
    altered: ['authorization'],
    works: false,
    fails: only !== undefined,
  }),
  ...(only ? { only } : {}),
  compose: (seen) =>
    composeChanged(
      encodingClient(seen.subject),
      configured((config) => ({ ...config, token_endpoint_auth_method: method, basic_encoding })),
      seen,
    ),
})

const failed: Attempt['only'] = ({ mine }) => mine.every((sent) => !issued(sent))

/** What the Authorization field of a client has to be understood as. */
export const basicRows = {
  'basic-supported': {
    ...row,
    phase: 'first',
    weight: 'note',
    title: 'The other place for the secret',
    expected: 'a token, or invalid_client',
    means: 'Libraries that send the secret in the other place do not work with this client.',
    advice: 'Support client_secret_basic, which every client has, or say in the metadata that it is missing.',
    sends: [
      tokenAttempt({
        says: 'The secret is in the other place: header or body.',
        altered: ['authorization', 'client_id', 'client_secret'],
        change: configured(other),
        issues: true,
        fails: true,
      }),
    ],
    judge: (seen) => {
      const [sent] = finals(seen)
      if (!sent) return skipped('Nothing was sent.')
      const unseen = unread(seen, sent)
      if (unseen) return unseen
      if (issued(sent)) return ok(came(sent))
      return codeOf(sent) === 'invalid_client'
        ? ok(`${came(sent)} It accepts one place alone for this client.`)
        : noted(came(sent))
    },
  },
  'basic-case': {
    ...row,
    phase: 'accepted',
    weight: 'must',
    section: rfc(9110, '11.1'),
    title: 'The scheme in lower case',
    expected: 'a token for “basic” as for “Basic”',
    means: 'Clients and proxies that write the scheme otherwise get no token.',
    advice: 'Compare the name of the scheme without regard to case.',
    lacks: noBasic,
    sends: [
      basic('The scheme is “basic”.', 'authorization', (request) => {
        const value = headerValue(request.headers, 'authorization') ?? ''
        return setHeader(request, 'authorization', value.replace(/^Basic/, 'basic'))
      }),
    ],
    judge: asBaseline,
  },
  'client-id-beside-basic': {
    ...row,
    phase: 'accepted',
    section: rfc(6749, '3.2.1'),
    title: 'The client ID next to Basic',
    expected: 'a token',
    means: 'Libraries that name the client in the body as well get no token.',
    advice: 'Accept client_id next to an Authorization field of the same client.',
    lacks: noBasic,
    sends: [
      basic('The body has client_id, too.', 'client_id', (request, { client_id }) =>
        addParameter(request, 'client_id', client_id),
      ),
    ],
    judge: asBaseline,
  },
  'basic-encoding': {
    ...row,
    phase: 'failing',
    weight: 'must',
    title: 'ID and secret form-encoded in Basic',
    expected: 'a token for the encoded pair',
    means: 'Clients that follow the standard get invalid_client, though the secret is right.',
    advice: 'Form-decode ID and secret after base64.',
    unless: (subject) => {
      const { client_id, client_secret } = encodingClient(subject)
      return encodingMatters('form', client_id, client_secret)
        ? null
        : 'ID and secret are the same encoded and not: no client with other characters is configured.'
    },
    sends: [
      encoded('ID and secret are form-encoded.', 'client_secret_basic', 'form'),
      encoded('ID and secret are as they are.', 'client_secret_basic', 'raw', failed),
      encoded('ID and secret are in the body.', 'client_secret_post', 'form', failed),
    ],
    judge: basicEncoding,
  },
  'basic-malformed': {
    ...row,
    phase: 'failing',
    title: 'Basic that cannot be read',
    expected: 'a refusal; no error of the server',
    means: 'Anybody can make the server fail.',
    advice: 'Respond with 401 or 400 if the field cannot be decoded.',
    sends: [
      {
        ...basic(faults['basic-malformed'].says, 'authorization', (request) =>
          setHeader(request, 'authorization', 'Basic !!!'),
        ),
        works: false,
        issues: false,
        fails: true,
      },
    ],
    judge: refuses({ statuses: '4xx', codes: [] }),
  },
  'two-methods': {
    ...row,
    phase: 'refused',
    section: rfc(6749, '2.3'),
    title: 'The secret in header and body',
    expected: '400 with invalid_request, or 401 with invalid_client',
    means: 'Server and proxy may each look at another of the two.',
    advice: 'Refuse a request with more than one way of authentication.',
    sends: [
      tokenAttempt({
        says: 'The secret is in the header and in the body.',
        altered: ['authorization', 'client_secret'],
        change: faults['two-methods'].change,
        issues: true,
      }),
    ],
    judge: refuses({ statuses: [400, 401], codes: ['invalid_request', 'invalid_client'] }),
  },
} as const satisfies Rows

function basicEncoding(seen: Seen): Judgement {
  const sent = finals(seen)
  const [first] = sent
  if (!first) return skipped('Nothing was sent.')
  if (issued(first)) return ok(came(first), { evidence: first })
  const works = sent.find(issued)
  if (!works)
    return skipped(`${came(first)} The pair works in no other way either: is it right?`, { evidence: first })
  return deviates(`${came(first)} ${works.attempt.says} So it works.`, { evidence: first })
}
