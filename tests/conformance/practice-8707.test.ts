import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { practiceOrigin } from '../../src/lib/practice/base/origin.ts'
import { found, practice } from './practice-exchange.ts'

const server = practice()
const api = `${practiceOrigin}/api`
const reports = `${practiceOrigin}/reports`

const ask = (...resources: string[]) =>
  server.token([
    ['client_id', 'practice-client'],
    ['client_secret', 'practice-secret'],
    ...resources.map((resource): [string, string] => ['resource', resource]),
  ])

async function audienceOf(...resources: string[]): Promise<unknown> {
  const { body } = await ask(...resources)
  return decodeJwt(body['access_token'] as string).aud
}

describe('2 Resource Parameter', () => {
  test('"The authorization server SHOULD audience-restrict issued access tokens to the resource(s) indicated"', async () => {
    expect(await audienceOf(api)).toBe(api)
    expect(await audienceOf(reports)).toBe(reports)
    expect(found(await ask(reports), 'resource is known')).toBe("pass: 'https://practice.example/reports'")
  })

  test('"Multiple "resource" parameters MAY be used": the audience is a list, each once', async () => {
    expect(await audienceOf(reports, api)).toEqual([reports, api])
    expect(await audienceOf(api, api)).toBe(api)
  })

  test('without one, or without a value, the audience is the API, and nothing is said of it', async () => {
    expect(await audienceOf()).toBe(api)
    expect(await audienceOf('')).toBe(api)
    expect((await ask()).checks.filter(({ what }) => what.includes('resource'))).toEqual([])
  })

  test.each([
    ['/api', "resource '/api' is not an absolute URI"],
    ['practice.example/api', "resource 'practice.example/api' is not an absolute URI"],
    ['https:', "resource 'https:' is not an absolute URI"],
  ])('"Its value MUST be an absolute URI": %s', async (resource, why) => {
    const { status, body, failed } = await ask(resource)
    expect([status, body['error'], body['error_description']]).toEqual([400, 'invalid_target', why])
    expect(failed).toBe(`resource is an absolute URI without a fragment: ${why}`)
  })

  test.each([`${api}#part`, `${api}#`])(
    '"The URI MUST NOT include a fragment component.": %s',
    async (resource) => {
      const { status, body } = await ask(resource)
      expect([status, body['error']]).toEqual([400, 'invalid_target'])
      expect(body['error_description']).toBe(`resource '${resource}' has a fragment`)
    },
  )

  test.each(['https://other.example', `${api}/`, `${api}?a=b`, 'urn:example:api'])(
    'invalid_target: "The requested resource is invalid, missing, unknown, or malformed.": %s',
    async (resource) => {
      const { status, body, failed } = await ask(api, resource)
      expect([status, body['error']]).toEqual([400, 'invalid_target'])
      expect(failed).toBe(
        `resource is known: '${resource}' is unknown; there is 'https://practice.example/api', 'https://practice.example/reports', 'https://practice.example/mcp' and the URL of each API`,
      )
    },
  )
})

test('a token for another resource is refused by the API', async () => {
  const { body } = await ask(reports)
  const headers = { authorization: `Bearer ${body['access_token'] as string}` }
  const answer = await server.ask(new Request(`${api}/greeting`, { headers }))
  expect([answer.status, answer.failed]).toEqual([
    401,
    "This API is the audience: aud 'https://practice.example/reports', expected 'https://practice.example/api'",
  ])
  expect((await server.ask(new Request(reports, { headers }))).status).toBe(200)
})

test('the audience parameter of other servers is no parameter of this one', async () => {
  const answer = await server.token({
    client_id: 'practice-client',
    client_secret: 'practice-secret',
    audience: reports,
  })
  expect(found(answer, 'Unrecognized parameters are ignored')).toBe('note: audience')
  expect(decodeJwt(answer.body['access_token'] as string).aud).toBe(api)
})
