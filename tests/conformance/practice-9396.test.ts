import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { found, practice } from './practice-exchange.ts'

const server = practice()
const ask = (details: unknown) =>
  server.token({
    client_id: 'practice-client',
    client_secret: 'practice-secret',
    authorization_details: typeof details === 'string' ? details : JSON.stringify(details),
  })

const greeting = { type: 'greeting_access', actions: ['read'], locations: ['https://practice.example/api'] }
/** The example of section 2. */
const payment = {
  type: 'payment_initiation',
  locations: ['https://example.com/payments'],
  instructedAmount: { currency: 'EUR', amount: '123.50' },
  creditorName: 'Merchant A',
  creditorAccount: { bic: 'ABCIDEFFXXX', iban: 'DE02100100109307118603' },
  remittanceInformationUnstructured: 'Ref Number Merchant',
}

describe('2 Request Parameter "authorization_details"', () => {
  test('"contains, in JSON notation, an array of objects"', async () => {
    const answer = await ask([greeting, payment])
    expect(answer.status).toBe(200)
    expect(answer.checks.slice(-4, -1).map(({ what, found }) => `${what}: ${found}`)).toEqual([
      'authorization_details is a JSON array of objects: 2 objects',
      'The types of authorization are known: greeting_access, payment_initiation',
      'The authorization details fit their types: Known members only, with values of their kind',
    ])
  })

  test.each([
    ['[', 'authorization_details is not JSON'],
    ['greeting_access', 'authorization_details is not JSON'],
    ['{"type":"greeting_access"}', 'authorization_details must be a JSON array, and is an object'],
    ['"a"', "authorization_details must be a JSON array, and is 'a'"],
    ['null', 'authorization_details must be a JSON array, and is null'],
    ['[{"type":"greeting_access","actions":["read"]},[]]', 'authorization_details[1] is not an object'],
    [`["${'x'.repeat(16 * 1024)}"]`, 'It has 16388 characters; 16384 is the most'],
    [`${'['.repeat(8000)}${']'.repeat(8000)}`, 'authorization_details[0] is not an object'],
  ])('%.40s', async (details, why) => {
    const { status, body, failed } = await ask(details)
    expect([status, body['error'], body['error_description']]).toEqual([
      400,
      'invalid_authorization_details',
      why,
    ])
    expect(failed).toBe(`authorization_details is a JSON array of objects: ${why}`)
  })

  test('nothing deep is ever looked into', async () => {
    const deep = `{"a":${'['.repeat(7000)}${']'.repeat(7000)}}`
    const inType = await ask(`[{"type":${deep}}]`)
    expect(inType.body['error_description']).toContain('authorization_details[0].type an object is unknown')
    const inMember = await ask(`[{"type":"greeting_access","actions":[${deep}]}]`)
    expect(inMember.body['error_description']).toContain(
      'authorization_details[0].actions must be a list out of',
    )
  })

  test('an empty array asks for nothing', async () => {
    const { status, body } = await ask([])
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('authorization_details')
  })
})

describe('5 Authorization Error Response', () => {
  const types = 'there is greeting_access and payment_initiation'
  const without = (name: keyof typeof payment) => ({ ...payment, [name]: undefined })

  test.each([
    [{ type: 'account_information' }, `[0].type 'account_information' is unknown; ${types}`],
    [{ type: ['greeting_access'] }, `[0].type ['greeting_access'] is unknown; ${types}`],
    [{ actions: ['read'] }, `[0].type is missing; ${types}`],
  ])('"contains an unknown authorization details type value": %j', async (details, why) => {
    const { status, body, failed } = await ask([details])
    expect([status, body['error']]).toEqual([400, 'invalid_authorization_details'])
    expect(failed).toBe(`The types of authorization are known: authorization_details${why}`)
  })

  test.each([
    [
      '"containing unknown fields"',
      { ...greeting, datatypes: ['x'] },
      " has the unknown member 'datatypes'; greeting_access has actions, locations",
    ],
    [
      '"containing unknown fields"',
      JSON.parse('{"type":"greeting_access","actions":["read"],"__proto__":1}') as object,
      " has the unknown member '__proto__'; greeting_access has actions, locations",
    ],
    [
      '"fields of the wrong type"',
      { ...greeting, actions: 'read' },
      '.actions must be a list out of read, write',
    ],
    [
      '"fields of the wrong type"',
      { ...payment, instructedAmount: { currency: 'EUR', amount: 123.5 } },
      ".instructedAmount must be an object like {'currency': 'EUR', 'amount': '123.50'}, both texts",
    ],
    [
      '"fields with invalid values"',
      { ...greeting, actions: ['delete'] },
      '.actions must be a list out of read, write',
    ],
    [
      '"fields with invalid values"',
      { ...greeting, actions: [] },
      '.actions must be a list out of read, write',
    ],
    [
      '"fields with invalid values"',
      { ...greeting, locations: ['https://other.example'] },
      '.locations must be a list out of https://practice.example/api, https://practice.example/reports',
    ],
    [
      '"fields with invalid values"',
      { ...payment, locations: ['here'] },
      '.locations must be a list of absolute URIs',
    ],
    [
      '"fields with invalid values"',
      { ...payment, creditorAccount: { iban: 'DE02', swift: 'x' } },
      '.creditorAccount must be an object with an iban, and perhaps a bic',
    ],
    [
      '"missing required fields"',
      { type: 'greeting_access' },
      '.actions is missing: a list out of read, write',
    ],
    ['"missing required fields"', without('creditorName'), '.creditorName is missing: a text'],
    [
      '"missing required fields"',
      without('creditorAccount'),
      '.creditorAccount is missing: an object with an iban, and perhaps a bic',
    ],
  ])('"MUST refuse to process ... authorization details not conforming": %s', async (_case, details, why) => {
    const { status, body, failed } = await ask([greeting, details])
    expect([status, body['error']]).toEqual([400, 'invalid_authorization_details'])
    expect(failed).toBe(`The authorization details fit their types: authorization_details[1]${why}`)
    expect(body['error_description']).toBe(`authorization_details[1]${why.replaceAll('"', "'")}`)
  })
})

test('7 "the AS MUST also return the authorization_details as granted", 9.1 and so has the token', async () => {
  const { body } = await ask([greeting, payment])
  expect(body['authorization_details']).toEqual([greeting, payment])
  const claims = decodeJwt(body['access_token'] as string)
  expect(claims['authorization_details']).toEqual([greeting, payment])
  expect(claims['scope']).toBe('read')
})

test('without the parameter there is neither claim nor member nor check', async () => {
  const answer = await server.token({ client_id: 'practice-client', client_secret: 'practice-secret' })
  expect(answer.body).not.toHaveProperty('authorization_details')
  expect(decodeJwt(answer.body['access_token'] as string)).not.toHaveProperty('authorization_details')
  expect(found(answer, 'authorization_details is a JSON array of objects')).toBeUndefined()
})
