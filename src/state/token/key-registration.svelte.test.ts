import { expect, it } from 'vitest'
import { headerValue, type HttpRequest } from '../../lib/http/message.ts'
import { generateKey } from '../../lib/keys/generate-key.ts'
import { emptyConfig } from '../../lib/oauth/config/config.ts'
import { bareEnvironment } from '../base/environment-testing.ts'
import { registrationOf } from './key-registration.svelte.ts'
import { Playground } from '../playground.svelte.ts'

const metadata = {
  issuer: 'https://as.example',
  token_endpoint: 'https://as.example/token',
  registration_endpoint: 'https://evil.example/register',
}

async function page() {
  const requests: HttpRequest[] = []
  const playground = new Playground({
    ...bareEnvironment,
    transport: (request) => {
      if (request.method === 'POST') requests.push(request)
      const [status, text] =
        request.method === 'POST' ? [401, '{"error":"invalid_token"}'] : [200, JSON.stringify(metadata)]
      const body = new TextEncoder().encode(text)
      const headers = [['content-type', 'application/json']] as const
      return Promise.resolve({
        serverView: null,
        outcome: { kind: 'response', response: { status, statusText: '', headers, body } },
      })
    },
  })
  const key = await generateKey('ES256', {})
  playground.keys.put(key)
  playground.connection.choose('keycloak')
  const { connection } = playground
  connection.edit({
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: { ...emptyConfig.assertion, key: key.thumbprint },
  })
  return { playground, connection, requests, registration: registrationOf(playground) }
}

const realm = (name: string) => `https://kc.example/realms/${name}/protocol/openid-connect/token`

it('RFC 7591 section 3: an initial access token goes to the endpoint that it was typed for, and to no other', async () => {
  const { playground, connection, requests, registration } = await page()
  connection.edit({ token_endpoint: realm('one') })
  registration.typeInitialAccessToken(' initial-1 ')
  expect(registrationOf(playground).initialAccessToken).toBe('initial-1')
  await registration.register()
  connection.edit({ token_endpoint: realm('two') })
  expect(registration.initialAccessToken).toBe('')
  expect(registration.registered).toBeNull()
  await registration.register()
  connection.edit({ token_endpoint: realm('one') })
  expect(registration.initialAccessToken).toBe('initial-1')
  expect(requests.map(({ url, headers }) => [url, headerValue(headers, 'authorization')])).toEqual([
    ['https://kc.example/realms/one/clients-registrations/openid-connect', 'Bearer initial-1'],
    ['https://kc.example/realms/two/clients-registrations/openid-connect', null],
  ])
})

it('says what came of this key at this endpoint alone', async () => {
  const { connection, requests, registration } = await page()
  expect(registration.registered).toBeNull()
  await registration.register()
  expect(registration.registered).toMatchObject({ ok: false, wantsToken: true })
  connection.edit({ assertion: { ...connection.config.assertion, key: '' } })
  expect(registration.registered).toBeNull()
  expect(registration.possible).toBeNull()
  await registration.register()
  expect(requests).toHaveLength(1)
})

it('RFC 8414 section 6: an endpoint at another origin gets nothing before the user accepts it', async () => {
  const { playground, connection, requests, registration } = await page()
  connection.choose('own')
  connection.edit({
    discovery: 'https://as.example',
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: { ...emptyConfig.assertion, key: playground.keys.keys[0]?.thumbprint ?? '' },
  })
  await playground.finder.find()
  expect(registration.possible).toBeNull()
  expect(registration.elsewhere).toBe('https://evil.example/register')
  await registration.register()
  expect(requests).toEqual([])
  registration.accept('https://evil.example/register')
  expect(registration.elsewhere).toBeNull()
  await registration.register()
  expect(requests.map(({ url }) => url)).toEqual(['https://evil.example/register'])
})
