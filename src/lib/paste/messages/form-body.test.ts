import { describe, expect, it, test } from 'vitest'
import { formBody } from './form-body.ts'

const read = async (text: string) => {
  const isJson = text.startsWith('{')
  return formBody.read({ text, document: isJson ? (JSON.parse(text) as unknown) : undefined })
}

describe('the body of a token request alone', () => {
  const post = { token_endpoint_auth_method: 'client_secret_post', client_id: 'm2m', client_secret: 's&h' }
  test.each<[text: string, config: object]>([
    [
      'grant_type=client_credentials&client_id=m2m&client_secret=s%26h&scope=a+b%20c',
      { ...post, scope: 'a b c' },
    ],
    ['?grant_type=client_credentials&client_id=m2m&client_secret=s%26h', post],
    ['client_id=m2m&client_secret=s%26h', post],
    ['grant_type=client_credentials\n&client_id=m2m\n&client_secret=s%26h', post],
    ['grant_type=client_credentials&\nclient_id=m2m&\nclient_secret=s%26h&', post],
    ['grant_type=client_credentials&scope=a', { scope: 'a' }],
    ['client_id=m2m&scope=a', { client_id: 'm2m', scope: 'a' }],
    [
      '{"grant_type":"client_credentials","client_id":"m2m","client_secret":"s&h","resource":["a:1","a:2"]}',
      { ...post, resource: ['a:1', 'a:2'] },
    ],
    [
      'https://as.example/token?grant_type=client_credentials&client_id=m2m&client_secret=s%26h',
      { ...post, token_endpoint: 'https://as.example/token' },
    ],
  ])('%s', async (text, config) => {
    expect(await read(text)).toMatchObject({ proposals: [{ kind: 'connection', isWhole: false, config }] })
  })

  it('does not say how the client authenticates if there may be a header field', async () => {
    const found = await read('grant_type=client_credentials&scope=a')
    const [proposal] = found !== null && 'proposals' in found ? found.proposals : []
    expect(proposal).toMatchObject({ kind: 'connection' })
    expect(JSON.stringify(proposal)).not.toContain('token_endpoint')
  })

  test.each([
    'a=b&c=d',
    'grant_type',
    'client_id=m2m',
    'CLIENT_ID=m2m\nCLIENT_SECRET=shh',
    'https://as.example/token?a=b',
    'https://as.example/authorize?client_id=m2m&scope=a',
    'scope=a&grant type=b',
    '{"client_id":"m2m"}',
    '{"grant_type":["client_credentials"]}',
    '["grant_type"]',
  ])('%s is none', async (text) => {
    expect(await read(text)).toBeNull()
  })
})
