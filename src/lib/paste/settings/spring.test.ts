import { describe, expect, it, test } from 'vitest'
import { configs, recognised } from '../pasted-testing.ts'
import type { PastedConfig } from '../proposal.ts'

// https://docs.spring.io/spring-security/reference/servlet/oauth2/client/core.html
const yaml = `
spring:
  datasource:
    password: hunter2222
  security:
    oauth2:
      client:
        registration:
          google:
            client-id: g
            client-secret: gs
          shop:
            provider: lab
            client-id: m2m
            client-secret: p4ss
            client-authentication-method: client_secret_post
            authorization-grant-type: client_credentials
            scope: read, write
          web:
            client-id: w
            client-secret: ws
            authorization-grant-type: authorization_code
        provider:
          lab:
            issuer-uri: \${lab.url}/realms/lab
            jwk-set-uri: http://localhost:8080/keys
lab:
  url: http://localhost:8080
`
const shop: PastedConfig = {
  client_id: 'm2m',
  client_secret: 'p4ss',
  token_endpoint_auth_method: 'client_secret_post',
  scope: 'read write',
  discovery: 'http://localhost:8080/realms/lab',
  issuer: '',
  token_endpoint: 'http://localhost:8080/realms/lab/protocol/openid-connect/token',
}

describe('application.yml', () => {
  it('the registrations of client_credentials, and the others by name', async () => {
    const { what, proposals, ignored } = await recognised(yaml)
    expect(what).toBe('a settings file of Spring Boot, with its OAuth clients')
    expect(proposals).toEqual([
      { kind: 'connection', name: 'shop', isWhole: false, config: shop, key: null, call: null },
    ])
    expect(ignored).toContain('google and web: not of the grant client_credentials.')
    expect(ignored[0]).toMatch(/^spring\.datasource\.password, .*: not used\.$/)
    expect(JSON.stringify(ignored)).not.toContain('hunter2222')
  })

  it('registrations of other grants alone are offered, and that is said', async () => {
    const { proposals, ignored } = await recognised(yaml.replace('client_credentials', 'password'))
    expect(proposals.map(({ name }) => name)).toEqual(['google', 'shop', 'web'])
    expect(ignored).toContain(
      'spring.security.oauth2.client.registration.shop.authorization-grant-type has another grant. The page asks for client_credentials.',
    )
    expect(ignored).toContain(
      'google: Spring knows the addresses of this server, and the file does not have them.',
    )
  })

  it('later documents are of profiles, and are said', async () => {
    const { ignored } = await recognised(`${yaml}---\nspring:\n  config.activate.on-profile: prod\n`)
    expect(ignored.at(-1)).toBe(
      'The first document of the text is read. Another one follows, as for profiles: paste one alone to read it.',
    )
  })

  // https://docs.spring.io/spring-boot/reference/features/external-config.html
  test.each<[what: string, text: string]>([
    [
      'camel case, and names with dots',
      'spring.security.oauth2:\n  client:\n    registration.shop:\n      clientId: m2m\n      clientSecret: p4ss\n      clientAuthenticationMethod: post\n      authorizationGrantType: client_credentials\n      scope:\n        - read\n        - write\n    provider:\n      shop:\n        issuerUri: http://localhost:8080/realms/lab\n',
    ],
    [
      'JSON',
      '{"spring":{"security":{"oauth2":{"client":{"registration":{"shop":{"client_id":"x","client-id":"m2m","client-secret":"p4ss","client-authentication-method":"client_secret_post","authorization-grant-type":"client_credentials","scope":["read","write"]}},"provider":{"shop":{"issuer-uri":"http://localhost:8080/realms/lab"}}}}}}}',
    ],
    [
      'application.properties',
      [
        '# of the shop',
        'spring.security.oauth2.client.registration.shop.client-id=m2m',
        'spring.security.oauth2.client.registration.shop.client-secret = p4ss',
        'spring.security.oauth2.client.registration.shop.client-authentication-method: client_secret_post',
        'spring.security.oauth2.client.registration.shop.authorization-grant-type client_credentials',
        'spring.security.oauth2.client.registration.shop.scope=read,\\\n    write',
        'spring.security.oauth2.client.provider.shop.issuer-uri=http\\://localhost\\u003a8080/realms/lab',
      ].join('\n'),
    ],
    [
      'application.properties with the elements of a list',
      [
        'spring.security.oauth2.client.registration.shop.client-id=m2m',
        'spring.security.oauth2.client.registration.shop.client-secret=p4ss',
        'spring.security.oauth2.client.registration.shop.client-authentication-method=client_secret_post',
        'spring.security.oauth2.client.registration.shop.authorization-grant-type=client_credentials',
        'spring.security.oauth2.client.registration.shop.scope[0]=read',
        'spring.security.oauth2.client.registration.shop.scope[1]=write',
        'spring.security.oauth2.client.provider.shop.issuer-uri=http://localhost:8080/realms/lab',
      ].join('\r\n'),
    ],
  ])('in another spelling: %s', async (_what, text) => {
    expect(await configs(text)).toEqual({ shop })
  })

  test.each<[written: string | null, method: string]>([
    [null, 'client_secret_basic'],
    ['client_secret_basic', 'client_secret_basic'],
    ['basic', 'client_secret_basic'],
    ['post', 'client_secret_post'],
    ['client_secret_jwt', 'client_secret_jwt'],
    ['private_key_jwt', 'private_key_jwt'],
    ['none', 'none'],
  ])('client-authentication-method %s is %s', async (written, method) => {
    const line = '            client-authentication-method: client_secret_post\n'
    const text = yaml.replace(line, written === null ? '' : line.replace('client_secret_post', written))
    expect(await configs(text)).toMatchObject({ shop: { token_endpoint_auth_method: method } })
  })

  it('a method that nobody knows is left out, and said', async () => {
    const { proposals, ignored } = await recognised(yaml.replace('client_secret_post', 'p4ssw0rd'))
    expect(proposals[0]).toMatchObject({ config: { token_endpoint_auth_method: 'client_secret_basic' } })
    expect(ignored[0]).toMatch(/client-authentication-method names no method .* that the page knows\.$/)
  })

  it('a default is used and said, a variable without one is left out', async () => {
    const { proposals, ignored } = await recognised(
      yaml
        .replace('client-id: m2m', 'client-id: ${WHO:m2m}')
        .replace('client-secret: p4ss', 'client-secret: ${SHOP_SECRET}'),
    )
    expect(proposals[0]).toMatchObject({ config: { client_id: 'm2m' } })
    expect(proposals[0]).not.toHaveProperty('config.client_secret')
    expect(ignored).toEqual(
      expect.arrayContaining([
        'spring.security.oauth2.client.registration.shop.client-secret is a variable of a template. It is not filled in.',
        'WHO: not in the text, so its default is used.',
      ]),
    )
  })

  // https://docs.spring.io/spring-security/reference/servlet/oauth2/resource-server/jwt.html
  it('of an API: the issuer of its tokens', async () => {
    const { what, proposals } = await recognised(
      'spring:\n  security:\n    oauth2:\n      resourceserver:\n        jwt:\n          issuer-uri: https://as.example\n          audiences: [urn:api]\n',
    )
    expect(what).toBe('a settings file of an API of Spring Boot: the issuer of its tokens, and no client')
    expect(proposals).toMatchObject([{ config: { discovery: 'https://as.example', audience: 'urn:api' } }])
  })
})
