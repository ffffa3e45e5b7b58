import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer } from '../../../../tests/vectors/oauth/answers.ts'
import { emptyConfig } from '../config/config.ts'
import { resourceChecks } from './resource-checks.ts'
import { parseResourceMetadata, readResourceMetadata } from './resource-metadata.ts'
import { resourceView } from './resource-view.ts'

const resource = 'https://api.example/mcp'
const good = { resource, authorization_servers: ['https://as.example'] }

function read(document: object) {
  const found = parseResourceMetadata(JSON.stringify(document))
  if (found.kind !== 'found') throw new Error(found.why)
  return found
}

describe('resourceChecks', () => {
  it('has nothing to say of metadata as they should be', () => {
    expect(resourceChecks(read(good))).toEqual([])
  })

  it.each([
    [{ authorization_servers: undefined }, 'warn', 'No authorization server is named'],
    [{ authorization_servers: [] }, 'fail', 'The list of authorization servers is empty'],
    [{ authorization_servers: 'https://as.example' }, 'fail', 'authorization_servers must be a list'],
    [{ authorization_servers: [7] }, 'fail', 'authorization_servers has an entry that is no issuer'],
    [
      { authorization_servers: ['as.example'] },
      'fail',
      'authorization_servers has an entry that is no issuer',
    ],
    [
      { authorization_servers: ['https://as.example?x'] },
      'fail',
      'authorization_servers has an entry that is no issuer',
    ],
    [
      { authorization_servers: ['https://as.example/.well-known/openid-configuration'] },
      'fail',
      'authorization_servers has the URL of metadata in it',
    ],
    [{ authorization_servers: ['http://as.example'] }, 'warn', 'An authorization server has an http: URL'],
    [{ resource: 'http://api.example' }, 'warn', 'The resource has an http: URL'],
    [{ resource: [resource] }, 'fail', 'resource must be a string'],
    [{ scopes_supported: 'read' }, 'fail', 'scopes_supported must be a list of strings'],
    [{ scopes_supported: [] }, 'fail', 'scopes_supported is empty'],
    [{ scopes_supported: ['read'] }, 'pass', 'One scope is listed'],
    [{ bearer_methods_supported: [] }, 'warn', 'The API accepts no Bearer token in the header'],
    [{ bearer_methods_supported: ['body'] }, 'warn', 'The API accepts no Bearer token in the header'],
    [
      { dpop_bound_access_tokens_required: true },
      'warn',
      'The API accepts only tokens that are bound to a key',
    ],
    [
      { dpop_bound_access_tokens_required: 'yes' },
      'fail',
      'dpop_bound_access_tokens_required must be true or false',
    ],
    [{ dpop_signing_alg_values_supported: ['HS256'] }, 'fail', 'Algorithms that cannot sign a DPoP proof'],
    [{ tls_client_certificate_bound_access_tokens: true }, 'note', 'Tokens may be bound to a certificate'],
    [{ jwks_uri: 'keys' }, 'fail', 'jwks_uri is not an http: or https: URL'],
    [
      { resource_documentation: 'javascript:alert(1)' },
      'fail',
      'resource_documentation is not an http: or https: URL',
    ],
    [{ signed_metadata: 'a.b.c' }, 'note', 'The metadata are signed, too'],
    [{ resource_name: 7 }, 'fail', 'resource_name must be a string'],
  ] as const)('%j: %s, %s', (change, result, what) => {
    expect(resourceChecks(read({ ...good, ...change }))).toContainEqual(
      expect.objectContaining({ result, what }),
    )
  })

  it('3.2 "application/json": another type is said', () => {
    const found = readResourceMetadata(answer(200, JSON.stringify(good), 'text/plain'))
    expect(found.kind === 'found' && resourceChecks(found).map(({ what }) => what)).toEqual([
      'Metadata comes as application/json',
    ])
  })
})

describe('readResourceMetadata', () => {
  it.each([
    ['<!doctype html><title>App</title>', 'This is a web page.'],
    ['[]', 'This is JSON, but not an object.'],
    [
      '{"issuer":"https://as.example"}',
      'This is the metadata of an authorization server, and not of an API.',
    ],
    ['{"error":"not_found"}', 'The API responded with the error “not_found”.'],
    ['{}', 'This is JSON with neither a resource nor authorization_servers in it.'],
    ['', 'The response is empty.'],
  ])('%s is no metadata of an API', (body, why) => {
    expect(readResourceMetadata(answer(200, body))).toMatchObject({ kind: 'not-metadata', why })
  })

  it('2.1: a name in another language is known', () => {
    const document = { ...good, 'resource_name#de': 'Berichte', 'constructor#x': 1, __proto__x: 2 }
    const record = {
      attempts: [],
      asked: resource,
      pasted: read(document),
      challenged: null,
      against: false,
      issuer: null,
      server: null,
      confirmed: null,
    }
    const view = resourceView(record, { config: emptyConfig, initial: emptyConfig })
    const means = Object.fromEntries(view?.rows.map(({ name, means }) => [name, means]) ?? [])
    expect(means['resource_name#de']).toBe('What the API is called, for people.')
    expect(means['constructor#x']).toBe('Not a name known here.')
  })

  it('throws for no text, and nothing of it is filled in without an issuer that was confirmed', () => {
    fc.assert(
      fc.property(fc.json(), fc.webUrl(), (text, asked) => {
        const pasted = parseResourceMetadata(
          `{"resource":${JSON.stringify(asked)},"authorization_servers":${text}}`,
        )
        if (pasted.kind !== 'found') throw new Error(pasted.why)
        const record = {
          attempts: [],
          asked,
          pasted,
          challenged: null,
          against: false,
          issuer: null,
          server: null,
          confirmed: null,
        }
        const view = resourceView(record, { config: emptyConfig, initial: emptyConfig })
        expect(view?.start?.change ?? {}).not.toHaveProperty('token_endpoint')
      }),
      { numRuns: 200 },
    )
  })
})
