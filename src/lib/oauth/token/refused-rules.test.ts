import { expect, test } from 'vitest'
import type { HeaderList } from '../../http/message.ts'
import { readTokenResponse } from '../response/read-response.ts'
import { responseChecks } from './understand.ts'

function refusal(authorization: string, challenge: string | null) {
  const headers: HeaderList = [
    ['content-type', 'application/json'],
    ...(challenge === null ? [] : [['www-authenticate', challenge] as const]),
  ]
  const body = new TextEncoder().encode('{"error":"invalid_client"}')
  const reading = readTokenResponse({
    kind: 'response',
    response: { status: 401, statusText: '', headers, body },
  })
  const request = { method: 'POST', url: 'http://localhost:8002/o/token/', body: null } as const
  const checks = responseChecks(reading, { ...request, headers: [['authorization', authorization]] })
  return checks.find(({ what }) => what === 'A 401 must name the scheme the client used')
}

test.each([
  ['django-oauth-toolkit', 'Bearer error="invalid_client"', 'fail'],
  ['the scheme used', 'Basic realm="x"', 'pass'],
  ['in another case', 'basic realm="x"', 'pass'],
  ['among others', 'Bearer, Basic realm="x"', 'pass'],
  ['hidden by CORS', null, 'note'],
])('RFC 6749 5.2: "matching the authentication scheme used by the client": %s', (_, challenge, result) => {
  expect(refusal('Basic bTJtOng=', challenge)).toMatchObject({ result, spec: { label: 'RFC 6749 5.2' } })
})
