import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../json/parse.ts'
import type { JsonValue } from '../../../json/value.ts'
import { isReasonPhrase, refusesIn } from './outcome.ts'
import { codeIn, namesIn, sentencesIn } from './said.ts'
import { membersOfXml } from './xml.ts'

function json(value: unknown): JsonValue {
  const parsed = parseJson(JSON.stringify(value))
  if (!parsed.ok) throw new Error('It is no JSON.')
  return parsed.value
}

const xml = (body: string) => {
  const members = membersOfXml(body)
  return members && sentencesIn(members).map(([, text]) => text)
}

describe('words', () => {
  it.each([
    ['msg', { status: 'error', msg: 'a b', data: null }],
    ['errmsg', { errcode: 1, errmsg: 'a b' }],
    ['errorSummary', { errorSummary: 'a b' }],
    ['faultstring', { fault: { faultstring: 'a b' } }],
    ['developerMessage', { developerMessage: 'a b' }],
    ['error_text', { error_text: 'a b' }],
    ['errorMessages', { errorMessages: ['a b'] }],
    ['error.message', { error: { message: 'a b', code: 7 } }],
    ['errors[0]', { errors: [{ detail: 'a b' }] }],
    ['a field and a code', { errors: [{ field: 'a', code: 'b' }] }],
  ])('are found under %s', (_, body) => {
    expect(sentencesIn(json(body)).map(([, text]) => text)).toEqual(['a b'])
  })

  it('of XML are found by the same names, whatever the vocabulary', () => {
    expect(xml('<?xml version="1.0"?><Error><Code>X</Code><Message>a b</Message></Error>')).toEqual(['a b'])
    expect(xml('<s:Fault xmlns:s="urn:x y"><faultstring>a &lt; b</faultstring></s:Fault>')).toEqual(['a < b'])
    expect(xml('<error><message><![CDATA[a b]]></message></error>')).toEqual(['a b'])
    expect(xml('<error code="1" description="a b"/>')).toEqual(['a b'])
  })

  it.each(['<!DOCTYPE html><p>a b</p>', '<html><p>a b</p></html>', 'a <b', '{"a":1}', ''])(
    'are not looked for as in XML: %s',
    (body) => {
      expect(membersOfXml(body)).toBeNull()
    },
  )

  it.each(['<a>', '<a> ', '<?', ' xmlns="', '<a b="', '<![CDATA[', '&lt;'])(
    'of XML are found in linear time: %s',
    (part) => {
      const start = performance.now()
      membersOfXml(`<a>${part.repeat(200_000)}`)
      expect(performance.now() - start).toBeLessThan(1000)
    },
  )
})

it.each([
  [{ type: 'invalid_client', title: 'x' }, 'invalid_client'],
  [{ type: 'https://as.example/errors/invalid-client' }, 'invalid_client'],
  [{ type: 'urn:ietf:params:oauth:error:invalid_scope' }, 'invalid_scope'],
  [{ errors: ['invalid_grant'] }, 'invalid_grant'],
  [{ type: 'https://as.example/errors/other' }, ''],
])('RFC 9457: the code of %j is %s', (body, code) => {
  expect(codeIn(json(body))).toBe(code)
})

it('names of the server’s own are those that lead nowhere else, and no registered code', () => {
  const body = {
    errorcode: 'oauth.v2.InvalidApiKey',
    status: 'BAD_CLIENT_ID',
    error: 'invalid_client',
    code: 7,
  }
  expect(namesIn(json(body))).toEqual(['InvalidApiKey', 'BAD_CLIENT_ID'])
  expect(namesIn(json({ code: 'a'.repeat(5000) }))).toEqual([])
})

describe('RFC 9110 section 15: the status in words', () => {
  it.each([
    ['Not Found', 404],
    ['not_found', 404],
    ['MethodNotAllowed', 405],
    ['TOO_MANY_REQUESTS', 429],
  ])('%s with %i', (text, status) => {
    expect(isReasonPhrase(text, status)).toBe(true)
    expect(isReasonPhrase(text, 400)).toBe(false)
    expect(isReasonPhrase(`${text} x`, status)).toBe(false)
  })
})

describe('a body with a status of success', () => {
  it.each([
    { ok: false, error: 'x' },
    { success: 'false' },
    { status: 'error', msg: 'x' },
    { status: 401 },
    { errcode: 40001 },
    { errors: [{ message: 'x' }], data: null },
    { fault: { faultstring: 'x' } },
    { ErrorMessage: 'x' },
  ])('refuses: %j', (body) => {
    expect(refusesIn(json(body), '')).toBe(true)
  })

  it.each([
    { ok: true },
    { status: 'ok' },
    { errcode: 0, errmsg: '' },
    { errors: [], error: null },
    { accessToken: 'x', status: 200 },
    { message: 'x' },
  ])('does not: %j', (body) => {
    expect(refusesIn(json(body), '')).toBe(false)
  })

  it('that is a text refuses if it begins so', () => {
    expect(refusesIn(null, 'error: invalid client_secret')).toBe(true)
    expect(refusesIn(null, 'Welcome to the error page')).toBe(false)
  })
})
