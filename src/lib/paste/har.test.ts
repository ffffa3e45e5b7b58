import { describe, expect, it } from 'vitest'
import { exportEntries } from '../export/formats.ts'
import { tokenExchange, versions } from '../har/exchange-testing.ts'
import { toHar } from '../har/to-har.ts'
import { recognise } from './recognise/recognise.ts'

const secret = 'hunter2-9'
const posting = (client: string, id = 1) => {
  const body = `grant_type=client_credentials&client_id=${client}&client_secret=${secret}&scope=read`
  return tokenExchange({ id, request: { ...tokenExchange().exchange.request, body } })
}

describe('a HAR file', () => {
  it('is exchanges to look at first, then each token request as a connection, once', async () => {
    const text = JSON.stringify(toHar([posting('one', 1), posting('two', 2), posting('one', 3)], versions))
    const found = await recognise(text)
    expect(found).toMatchObject({
      what: '3 recorded exchanges (HAR), by Client Credentials Playground 0.1.0',
      proposals: [
        { kind: 'exchanges', text },
        {
          kind: 'connection',
          name: 'id.example/token, one',
          config: { client_id: 'one', client_secret: secret },
        },
        {
          kind: 'connection',
          name: 'id.example/token, two',
          config: { client_id: 'two', client_secret: secret },
        },
      ],
      ignored: [],
    })
    expect(JSON.stringify(found && 'ignored' in found ? [found.what, found.ignored] : null)).not.toContain(
      secret,
    )
  })

  it('has no masked secret in what it proposes', async () => {
    const { text } = exportEntries([{ ...posting('one'), explanation: null }], {
      format: 'har',
      withSecrets: false,
      secrets: [],
      versions,
      outcome: () => '',
    })
    expect(await recognise(text)).toMatchObject({
      proposals: [{ kind: 'exchanges' }, { kind: 'connection', config: { client_id: 'one' } }],
      ignored: [expect.stringContaining('Type the secret.')],
    })
  })

  it('has the configuration that this page wrote, without a key, if Basic is masked', async () => {
    const sent = tokenExchange()
    const request = {
      ...sent.exchange.request,
      headers: [
        ...sent.exchange.request.headers,
        ['Authorization', `Basic ${btoa(`m2m:${secret}`)}`] as const,
        ['DPoP', 'eyJ.a.b'] as const,
      ],
    }
    const key = 'k'.repeat(43)
    const config = { ...sent.config, client_id: 'm2m', dpop: { ...sent.config.dpop, on: true, key } }
    const { text } = exportEntries([{ ...tokenExchange({ request }), config, explanation: null }], {
      format: 'har',
      withSecrets: false,
      secrets: [],
      versions,
      outcome: () => '',
    })
    expect(text).toContain(key)
    expect(await recognise(text)).toMatchObject({
      proposals: [
        { kind: 'exchanges' },
        {
          kind: 'connection',
          config: {
            client_id: 'm2m',
            token_endpoint_auth_method: 'client_secret_basic',
            dpop: { on: true, key: '' },
          },
        },
      ],
    })
  })

  it('is refused in words if nothing of it can be shown', async () => {
    expect(
      await recognise('{"log":{"version":"1.2","entries":[{"request":{"url":"ws://x"}}]}}'),
    ).toMatchObject({
      what: 'a HAR file',
      refusal: expect.stringContaining('its URL is no http: or https: URL') as unknown,
    })
  })

  it('is not any JSON with a log', async () => {
    expect(await recognise('{"log":{"level":"debug"}}')).toBeNull()
  })

  it('has how the client authenticates, without a key, if its assertion is masked', async () => {
    const { config, exchange } = tokenExchange()
    const body =
      'grant_type=client_credentials&client_id=m2m&client_assertion=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtMm0ifQ.c2ln'
    const assertion = { ...config.assertion, aud: 'token_endpoint' as const, key: 'k'.repeat(43) }
    const made = {
      ...config,
      client_id: 'm2m',
      token_endpoint_auth_method: 'private_key_jwt' as const,
      assertion,
    }
    const sent = {
      ...tokenExchange({ request: { ...exchange.request, body } }),
      config: made,
      explanation: null,
    }
    const options = { format: 'har' as const, withSecrets: false, secrets: [], versions, outcome: () => '' }
    const { text } = exportEntries([sent], options)
    expect(text).not.toContain('eyJhbGci')
    expect(await recognise(text)).toMatchObject({
      proposals: [
        { kind: 'exchanges' },
        {
          kind: 'connection',
          config: {
            client_id: 'm2m',
            token_endpoint_auth_method: 'private_key_jwt',
            assertion: { aud: 'token_endpoint', key: '' },
          },
        },
      ],
    })
  })
})
