import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { HttpRequest } from '../../http/message.ts'
import { basicEncodings, emptyConfig, type TokenRequestConfig } from '../../oauth/config/config.ts'
import { composeTokenRequest } from '../../oauth/token/token-request.ts'
import { cases, requestTo } from '../../snippets/cases-testing.ts'
import { renderers } from '../../snippets/renderers.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import { bashRequests } from '../commands/bash.ts'
import { cmdRequests } from '../commands/cmd.ts'
import { fetchRequests } from '../commands/fetch-call.ts'
import { powerShellRequests } from '../commands/powershell.ts'
import { fromRequest } from '../from-request.ts'
import { fileRequests } from '../messages/http-file.ts'
import { isSecret } from '../pasted-fields.ts'
import type { PastedRequest, Refused } from '../pasted-request.ts'
import { recognise } from './recognise.ts'

type Read = (
  text: string,
) => readonly (PastedRequest | Refused)[] | Promise<readonly (PastedRequest | Refused)[]>

/** How each text is read, and what it is called. */
const readers = {
  curl: [bashRequests, 'a curl command, as bash reads it'],
  curlCmd: [cmdRequests, 'a curl command, as cmd.exe reads it'],
  curlPowerShell: [powerShellRequests, 'a PowerShell command'],
  httpFile: [fileRequests, 'a file of HTTP requests'],
  javascript: [fetchRequests, 'a call of fetch'],
} as const satisfies Readonly<Partial<Record<keyof typeof renderers, readonly [Read, string]>>>

const each = Object.entries(readers).map(
  ([name, [read, what]]) => [name as keyof typeof readers, read as Read, what] as const,
)

/** What an editor changes by its own rules, as the file says in a comment. */
const isOfEditor = ({ body, headers }: HttpRequest): boolean =>
  /\r|\n|\{\{|^\s*(?:#|\/\/|[<>])/.test(body ?? '') ||
  (body ?? '').trim() !== (body ?? '') ||
  headers.some(([name, value]) => /^[#&]/.test(name) || value.includes('{{')) ||
  headers.some(
    ([name, value]) =>
      /x-www-form-urlencoded/i.test(value) && /^content-type$/i.test(name) && /\s/.test(body ?? ''),
  )

/** cmd.exe has one kind of line break. */
const isKept = (name: keyof typeof readers, one: HttpRequest): boolean =>
  name === 'httpFile' ? !isOfEditor(one) : name !== 'curlCmd' || !(one.body ?? '').includes('\r\n')

const signs = Array.from(
  '\'"`$%^&|<>()!\\/ \n\r\t;,=@#{}[]*?~+-:_‘’“”„éñ\u00A0\u200B\u202E\u2028\uFEFF\uFDD0x0😀',
)
const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: fc.constantFrom(...signs), maxLength }),
    fc.string({ unit: 'grapheme', maxLength }),
    fc.string({ unit: 'binary', maxLength }),
  )
/** No program can have NUL in an argument, and no text has half a character. */
const whole = (one: string): string => one.replace(/\0|\p{Surrogate}/gu, '')
const fieldName = fc.string({
  unit: fc.constantFrom(...Array.from("aZ09-_!#$%&'*+.^`|~")),
  minLength: 1,
  maxLength: 12,
})
const fieldValue = text(30).map((one) =>
  whole(one)
    .replace(/[\r\n]/g, '')
    .trim(),
)
const url = fc
  .tuple(
    fc.constantFrom('https://as.example', 'http://localhost:8080', 'https://[::1]:8443'),
    text(20),
    fc.option(text(20)),
  )
  .map(([origin, path, query]) => `${origin}/${whole(path)}${query === null ? '' : `?${whole(query)}`}`)
  .filter((one) => URL.canParse(one))
  .map((one) => new URL(one))
  .map((one) => one.origin + one.pathname + one.search)

const request: fc.Arbitrary<HttpRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'PURGE'),
    url,
    headers: fc.array(fc.tuple(fieldName, fieldValue), { maxLength: 5 }),
    type: fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded'),
    body: fc.option(text(60).map(whole)),
  })
  .map(({ method, url: address, headers, type, body }) => {
    const content = body === null || body === '' || /^(?:GET|HEAD)$/.test(method) ? null : body
    const others = headers.filter(([name]) => !/^(?:content-type|accept)$/i.test(name))
    // curl adds a type to a body that has none.
    return {
      method,
      url: address,
      headers: content === null ? others : [['Content-Type', type], ...others],
      body: content,
    }
  })

describe.each(each)('%s: what the page renders is read back', (name, read, what) => {
  const { render } = renderers[name]
  const readBack = async (one: HttpRequest) => {
    const [found, ...others] = await read(render({ request: one }, 'shown'))
    expect(others).toEqual([])
    return found
  }

  it('the same method, URL, header fields and body, for any Unicode', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (one) => {
        fc.pre(isKept(name, one))
        expect(await readBack(one)).toMatchObject({ request: one, ignored: [] })
      }),
      { numRuns: 150 },
    )
  })

  it('and recognised as what it is', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (one) => {
        fc.pre(isKept(name, one))
        const { proposal, ignored } = fromRequest(one)
        expect(await recognise(render({ request: one }, 'shown'))).toEqual({
          what,
          proposals: [{ ...proposal, name: '' }],
          ignored: [...new Set(ignored)],
        })
      }),
      { numRuns: 60 },
    )
  })

  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const sent = requestTo('https://as.example', one)
    if (!isKept(name, sent)) return
    const found = await readBack(sent)
    const isTyped = sent.body === null || sent.headers.some(([field]) => /^content-type$/i.test(field))
    const added =
      isTyped || !name.startsWith('curl') ? [] : [['Content-Type', 'application/x-www-form-urlencoded']]
    expect(found).toMatchObject({
      request: { ...sent, url: new URL(sent.url).href, headers: [...sent.headers, ...added] },
    })
  })
})

describe.each(each)('%s: a token request is the configuration that it was composed from', (name) => {
  const value = text(20).map((one) => whole(one).trim())
  const config: fc.Arbitrary<TokenRequestConfig> = fc
    .record({
      token_endpoint_auth_method: fc.constantFrom('client_secret_basic', 'client_secret_post', 'none'),
      basic_encoding: fc.constantFrom(...(Object.keys(basicEncodings) as (keyof typeof basicEncodings)[])),
      client_id: value.filter((one) => one !== ''),
      client_secret: value.filter((one) => one !== ''),
      scope: value,
      audience: value,
      resource: fc.array(
        value.filter((one) => one !== ''),
        { maxLength: 2 },
      ),
      parameters: fc.array(
        fc.record({ name: fc.constantFrom('tenant', 'x', '__proto__', 'ünï'), value, on: fc.constant(true) }),
        { maxLength: 3 },
      ),
      content_type_charset: fc.boolean(),
    })
    // An ID that is not encoded ends at its first colon.
    .filter((one) => one.basic_encoding !== 'raw' || !one.client_id.includes(':'))
    .map((some) => ({ ...emptyConfig, token_endpoint: 'https://as.example/token', ...some }))

  it('client ID, secret, scope and parameters', async () => {
    await fc.assert(
      fc.asyncProperty(config, async (one) => {
        const request = await composeTokenRequest(one, {
          findKey: () => undefined,
          now: () => 0,
          nonce: null,
        })
        const found = await recognise(renderers[name].render({ request, config: one }, 'shown'))
        const [proposal] = found !== null && 'proposals' in found ? found.proposals : []
        if (proposal?.kind !== 'connection') throw new Error('It is no connection')
        const { config: read } = proposal
        expect({
          token_endpoint: read.token_endpoint,
          token_endpoint_auth_method: read.token_endpoint_auth_method,
          scope: read.scope,
          audience: read.audience,
          resource: read.resource,
          content_type_charset: read.content_type_charset,
        }).toEqual({
          token_endpoint: one.token_endpoint,
          token_endpoint_auth_method: one.token_endpoint_auth_method,
          scope: one.scope,
          audience: one.audience,
          resource: one.resource,
          content_type_charset: one.content_type_charset,
        })
        const isPlaceholder = placeholderIn(one.client_secret)?.level === 'warning'
        // Two encodings that make the same header are one: which it was, nobody can tell.
        const again = await composeTokenRequest(
          {
            ...one,
            ...read,
            parameters: one.parameters,
            client_secret: read.client_secret ?? one.client_secret,
            assertion: one.assertion,
            dpop: one.dpop,
          },
          { findKey: () => undefined, now: () => 0, nonce: null },
        )
        expect(read.parameters).toEqual(one.parameters.filter((own) => !isSecret([own.name, own.value])))
        expect(again).toEqual(request)
        if (one.token_endpoint_auth_method === 'client_secret_post')
          expect(read).toMatchObject({
            client_id: one.client_id,
            ...(!isPlaceholder && { client_secret: one.client_secret }),
          })
        if (read.basic_encoding === one.basic_encoding)
          expect(read).toMatchObject({
            client_id: one.client_id,
            ...(!isPlaceholder && { client_secret: one.client_secret }),
          })
      }),
      { numRuns: 60 },
    )
  })
})
