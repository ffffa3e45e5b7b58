import { describe, expect, it } from 'vitest'
import type { HeaderList } from '../../../http/message.ts'
import type { TokenRequestConfig } from '../../../oauth/config/config.ts'
import { factsOf, jwt } from '../refusal-testing.ts'
import { askForResource } from './common.ts'

const token = jwt({ iss: 'https://as.example', aud: 'https://other.example' })

const asked = (words: string, challenge = '', config: Partial<TokenRequestConfig> = {}) => {
  const headers: HeaderList = challenge === '' ? [] : [['www-authenticate', challenge]]
  const facts = factsOf({ endpoint: 'api', status: 401, text: words, headers, token })
  return askForResource({ ...facts, config: { ...facts.config, ...config } }).map((fix) =>
    typeof fix === 'object' && 'change' in fix ? fix.change : fix,
  )
}

describe('the audience that an API names is asked for to the letter', () => {
  it.each<[words: string, named: string, challenge?: string]>([
    ['{"message":"jwt audience invalid. expected: https://api.example/v1/"}', 'https://api.example/v1/'],
    ['{"message":"jwt audience invalid. expected: urn:a:api or urn:b"}', 'urn:a:api'],
    ['oidc: expected audience "my-api" got ["https://other.example"]', 'my-api'],
    ['{"error":"Token audience must be \'api://1234\'"}', 'api://1234'],
    [
      '{"message":"It should exactly match with one of the allowed audiences \'https://a.example/\',\'https://b.example\'."}',
      'https://a.example/',
    ],
    [
      "IDX10214: Audience validation failed. Audiences: 'https://other.example'. Did not match: validationParameters.ValidAudience: 'api1' or validationParameters.ValidAudiences: 'null'.",
      'api1',
    ],
    [
      '{"detail":"audience https://other.example does not contain https://api.example/x."}',
      'https://api.example/x',
    ],
    ['{"detail":"Invalid aud: expected \\"https://api.example/\\""}', 'https://api.example/'],
    [
      '',
      'https://vault.example',
      'Bearer authorization="https://as.example", resource="https://vault.example"',
    ],
    [
      '',
      'https://storage.example',
      'Bearer authorization_uri=https://as.example resource_id=https://storage.example',
    ],
    [
      '',
      'https://api.example/mcp',
      'Bearer resource_metadata="https://api.example/.well-known/oauth-protected-resource/mcp"',
    ],
    // Nobody says what it is called: then it is tried by its whole URL.
    ['{"message":"Invalid audience."}', 'https://api.example/things'],
    ["The audience 'https://other.example' is invalid", 'https://api.example/things'],
  ])('%s: %s', (words, named, challenge) => {
    expect(asked(words, challenge)).toEqual([{ resource: [named] }])
  })

  it('as its metadata have it, if they were read; a word of the API outranks them', () => {
    const metadata = { resource: 'https://api.example/v2/things', scopes: [] }
    const read = (words: string) => {
      const facts = factsOf({ endpoint: 'api', status: 401, text: words, token, past: { metadata } })
      return askForResource(facts)
    }
    expect(read('Invalid audience.')).toMatchObject([{ change: { resource: [metadata.resource] } }])
    expect(read('expected audience "my-api"')).toMatchObject([{ change: { resource: ['my-api'] } }])
  })

  const expected = 'jwt audience invalid. expected: https://api.example/'

  it('in place of the one that was asked for, under the name by which the form asks', () => {
    expect(asked(expected, '', { resource: ['https://api.example'] })).toEqual([
      { resource: ['https://api.example/'] },
    ])
    expect(asked(expected, '', { audience: 'https://api.example' })).toEqual([
      { audience: 'https://api.example/' },
    ])
    expect(asked(expected, '', { resource: ['https://api.example/'] })).toEqual([])
    const token_endpoint = 'https://login.microsoftonline.com/1/oauth2/v2.0/token'
    expect(asked('expected audience "api://1234"', '', { token_endpoint })).toEqual([
      { scope: 'api://1234/.default' },
    ])
  })
})
