import { describe, expect, it, test } from 'vitest'
import type { NotUsed } from '../kind.ts'
import { configs, recognised, someKey } from '../pasted-testing.ts'
import type { PastedConfig } from '../proposal.ts'
import { recognise } from '../recognise/recognise.ts'

const client = { client_id: 'm2m', client_secret: 'p4ss w0rd#1' }

describe('the variables of', () => {
  test.each<[what: string, text: string]>([
    // https://hexdocs.pm/dotenvy/dotenv-file-format.html, https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow
    ['.env', `# of the shop\n\nCLIENT_ID=m2m # the client\nCLIENT_SECRET="p4ss w0rd#1"\n`],
    ['.env with single quotation marks', `CLIENT_ID='m2m'\nCLIENT_SECRET='p4ss w0rd#1'`],
    ['.env with spaces', `CLIENT_ID = m2m\n  CLIENT_SECRET = "p4ss w0rd#1"  # why`],
    ['a shell', `export CLIENT_ID=m2m\nexport CLIENT_SECRET='p4ss w0rd#1'`],
    ['a shell that declares', `declare -x CLIENT_ID="m2m"\ndeclare -x CLIENT_SECRET="p4ss w0rd#1"`],
    // https://learn.microsoft.com/windows-server/administration/windows-commands/set_1
    ['cmd', `@echo off\r\nset CLIENT_ID=m2m\r\nset CLIENT_SECRET=p4ss w0rd#1\r\n`],
    ['cmd with quotation marks', `set "CLIENT_ID=m2m"\r\nset "CLIENT_SECRET=p4ss w0rd#1"`],
    ['setx', `setx CLIENT_ID m2m\r\nsetx CLIENT_SECRET "p4ss w0rd#1"`],
    // https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_environment_variables
    ['PowerShell', `$env:CLIENT_ID = 'm2m'\n$Env:CLIENT_SECRET="p4ss w0rd#1"`],
    ['fish', `set -gx CLIENT_ID m2m\nset -x CLIENT_SECRET 'p4ss w0rd#1'`],
    // https://docs.docker.com/reference/cli/docker/container/run/#env
    ['docker run', `docker run --rm -p 80:80 -e CLIENT_ID=m2m -e "CLIENT_SECRET=p4ss w0rd#1" shop:1 serve`],
    ['podman run', `podman run \\\n  --env=CLIENT_ID=m2m \\\n  --env CLIENT_SECRET='p4ss w0rd#1' \\\n  shop`],
    ['options alone', `-e CLIENT_ID=m2m \\\n-e "CLIENT_SECRET=p4ss w0rd#1"`],
    ['a Dockerfile', `ENV CLIENT_ID m2m\nENV CLIENT_SECRET="p4ss w0rd#1"`],
    // https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=
    ['systemd', `[Service]\nEnvironment=CLIENT_ID=m2m\nEnvironment="CLIENT_SECRET=p4ss w0rd#1"`],
    ['an ini file', `[auth]\n; the client\nclient_id=m2m\nclient_secret="p4ss w0rd#1"`],
    ['words between them', `The shop has\nCLIENT_ID=m2m\nCLIENT_SECRET="p4ss w0rd#1"`],
  ])('%s', async (_what, text) => {
    expect(await configs(text)).toEqual({ '': client })
  })

  it('Terraform, in its own spelling of names', async () => {
    expect(await configs(`oauth_client_id     = "m2m"\noauth_client_secret = "p4ss w0rd#1"`)).toEqual({
      oauth: client,
    })
  })

  it('a key over several lines', async () => {
    const { pem } = someKey()
    for (const written of [`"${pem}"`, `'${pem}'`, `"${pem.replaceAll('\n', '\\n')}"`]) {
      const { proposals, ignored } = await recognised(
        `CLIENT_ID=m2m\nPRIVATE_KEY=${written}\nTOKEN_URL=https://as.example/token`,
      )
      expect(proposals).toEqual([
        {
          kind: 'connection',
          name: '',
          isWhole: false,
          config: {
            client_id: 'm2m',
            token_endpoint: 'https://as.example/token',
            token_endpoint_auth_method: 'private_key_jwt',
          },
          key: pem,
          call: null,
        },
      ])
      expect(ignored).toEqual([])
    }
  })
})

describe('names mean, by their ends, whatever their case and what separates their words', () => {
  test.each<[name: string, value: string, config: PastedConfig]>([
    ['TOKEN_URL', 'https://as.example/t', { token_endpoint: 'https://as.example/t' }],
    ['OAUTH_TOKEN_URL', 'https://as.example/t', { token_endpoint: 'https://as.example/t' }],
    ['accessTokenUri', 'https://as.example/t', { token_endpoint: 'https://as.example/t' }],
    ['oauth2.token-endpoint', 'https://as.example/t', { token_endpoint: 'https://as.example/t' }],
    ['OIDC_ISSUER', 'https://as.example', { discovery: 'https://as.example', issuer: '' }],
    ['ISSUER_BASE_URL', 'https://as.example', { discovery: 'https://as.example', issuer: '' }],
    [
      'MY_WELL_KNOWN_URL',
      'https://as.example/.well-known/openid-configuration',
      { discovery: 'https://as.example/.well-known/openid-configuration', issuer: '' },
    ],
    ['SCOPE', 'read write', { scope: 'read write' }],
    ['OAUTH_SCOPES', 'read,write', { scope: 'read write' }],
    ['AUDIENCE', 'https://api.example', { audience: 'https://api.example' }],
    ['RESOURCE', 'https://api.example/', { resource: ['https://api.example/'] }],
    ['CLIENT_AUTH_METHOD', 'client_secret_basic', { token_endpoint_auth_method: 'client_secret_basic' }],
    [
      'TOKEN_ENDPOINT_AUTH_METHOD',
      'client-secret-post',
      { token_endpoint_auth_method: 'client_secret_post' },
    ],
    ['USE_DPOP', 'true', { dpop: { on: true } }],
  ])('%s', async (name, value, config) => {
    expect(await configs(`CLIENT_ID=m2m\nCLIENT_SECRET=x\n${name}=${value}`)).toEqual({
      '': { client_id: 'm2m', client_secret: 'x', ...config },
    })
  })

  it('of the API, too', async () => {
    const { proposals } = await recognised('CLIENT_ID=m2m\nCLIENT_SECRET=x\nAPI_URL=https://api.example/v1')
    expect(proposals[0]).toMatchObject({ call: { url: 'https://api.example/v1' } })
  })

  // https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.relaxed-binding.environment-variables
  it('of Spring Boot: the provider belongs to its registration', async () => {
    const found = await configs(
      [
        'SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_LAB_CLIENTID=m2m',
        'SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_LAB_CLIENTSECRET=x',
        'SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_LAB_AUTHORIZATIONGRANTTYPE=client_credentials',
        'SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_LAB_TOKENURI=https://as.example/token',
      ].join('\n'),
    )
    expect(found).toEqual({
      SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_LAB: {
        client_id: 'm2m',
        client_secret: 'x',
        token_endpoint: 'https://as.example/token',
      },
    })
  })

  // https://learn.microsoft.com/aspnet/core/fundamentals/configuration/#environment-variables
  it('of .NET: two underscores are a colon', async () => {
    expect(
      await configs('Auth__ClientId=m2m\nAuth__ClientSecret=x\nAuth__Authority=https://as.example'),
    ).toEqual({
      Auth: { client_id: 'm2m', client_secret: 'x', discovery: 'https://as.example', issuer: '' },
    })
  })

  it('nothing if they are about something else', async () => {
    expect(await recognise('DB_USER=a\nDB_PASSWORD=b\nPORT=3')).toBeNull()
    expect(await recognise('CLIENT_ID=a\nPORT=3')).toBeNull()
    expect(await recognise('client_id=a&client_secret=b&x=https://as.example')).toMatchObject({
      what: 'the body of a token request',
    })
    expect(await recognise('x = 1\nif (x == 2) {\n  y()\n}\nreturn x')).toBeNull()
  })
})

describe('a server that is known by a name of its own', () => {
  it('Keycloak: the URL and the realm', async () => {
    const found = await configs(
      'KEYCLOAK_URL=http://localhost:8080\nKEYCLOAK_REALM=lab\nKEYCLOAK_CLIENT_ID=m2m\nKEYCLOAK_CLIENT_SECRET=x',
    )
    expect(found).toEqual({
      KEYCLOAK: {
        discovery: 'http://localhost:8080/realms/lab',
        issuer: '',
        token_endpoint: 'http://localhost:8080/realms/lab/protocol/openid-connect/token',
        client_id: 'm2m',
        client_secret: 'x',
      },
    })
  })

  // https://auth0.com/docs/quickstart/backend
  it('Auth0: the domain', async () => {
    const found = await configs(
      'AUTH0_DOMAIN=lab.eu.auth0.com\nAUTH0_CLIENT_ID=m2m\nAUTH0_CLIENT_SECRET=x\nAUTH0_AUDIENCE=https://api.example',
    )
    expect(found).toEqual({
      AUTH0: {
        discovery: 'https://lab.eu.auth0.com/',
        issuer: '',
        token_endpoint: 'https://lab.eu.auth0.com/oauth/token',
        client_id: 'm2m',
        client_secret: 'x',
        audience: 'https://api.example',
      },
    })
  })

  // https://learn.microsoft.com/dotnet/api/azure.identity.environmentcredential
  it('Entra ID: the tenant, and the scope is left to the user', async () => {
    const { proposals, ignored } = await recognised(
      'AZURE_TENANT_ID=contoso.com\nAZURE_CLIENT_ID=m2m\nAZURE_CLIENT_SECRET=x~y',
    )
    expect(proposals[0]).toMatchObject({
      name: 'AZURE',
      config: {
        token_endpoint: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
        client_secret: 'x~y',
      },
    })
    expect(ignored).toEqual([
      'Entra ID demands a scope, and none is here. Type it: the URI of the API with /.default at its end.',
    ])
  })

  // https://developer.okta.com/docs/reference/rest/, https://github.com/okta/okta-spring-boot
  it('Okta: the issuer', async () => {
    const found = await configs(
      'OKTA_OAUTH2_ISSUER=https://lab.okta.com/oauth2/default\nOKTA_OAUTH2_CLIENT_ID=m2m\nOKTA_OAUTH2_CLIENT_SECRET=x',
    )
    expect(found).toMatchObject({ OKTA_OAUTH2: { discovery: 'https://lab.okta.com/oauth2/default' } })
  })

  // https://docs.nais.io/auth/entra-id/reference/
  it('what a platform puts there under two beginnings', async () => {
    const jwk = JSON.stringify(someKey('k1').jwk)
    const { proposals } = await recognised(
      [
        'AZURE_APP_CLIENT_ID=m2m',
        `AZURE_APP_JWK='${jwk}'`,
        'AZURE_OPENID_CONFIG_TOKEN_ENDPOINT=https://login.microsoftonline.com/t/oauth2/v2.0/token',
        'AZURE_APP_WELL_KNOWN_URL=https://login.microsoftonline.com/t/v2.0/.well-known/openid-configuration',
      ].join('\n'),
    )
    expect(proposals).toMatchObject([
      {
        config: {
          client_id: 'm2m',
          token_endpoint: 'https://login.microsoftonline.com/t/oauth2/v2.0/token',
          token_endpoint_auth_method: 'private_key_jwt',
        },
        key: jwk,
      },
    ])
  })

  // https://quarkus.io/guides/security-openid-connect-client-reference
  it('Quarkus: the URL of the realm', async () => {
    const found = await configs(
      'quarkus.oidc-client.auth-server-url=http://localhost:8180/realms/lab/\nquarkus.oidc-client.client-id=m2m\nquarkus.oidc-client.credentials.secret=x',
    )
    expect(found).toMatchObject({
      'quarkus.oidc-client': {
        token_endpoint: 'http://localhost:8180/realms/lab/protocol/openid-connect/token',
        client_secret: 'x',
      },
    })
  })
})

describe('several clients', () => {
  const both = 'A_CLIENT_ID=a\nA_CLIENT_SECRET=sa\nB_CLIENT_ID=b\nB_CLIENT_SECRET=sb\n'

  it('are several proposals by the beginnings of their names, with what is of both', async () => {
    expect(await configs(`${both}OIDC_ISSUER=https://as.example\nB_SCOPE=read`)).toEqual({
      A: { client_id: 'a', client_secret: 'sa', discovery: 'https://as.example', issuer: '' },
      B: { client_id: 'b', client_secret: 'sb', discovery: 'https://as.example', issuer: '', scope: 'read' },
    })
  })

  it('get no secret that is of none of them', async () => {
    expect(
      await configs(
        `A_CLIENT_ID=a\nB_CLIENT_ID=b\nCLIENT_SECRET_OF=x\nC_CLIENT_SECRET=sc\nTOKEN_URL=https://as.example/t`,
      ),
    ).toEqual({
      A: { client_id: 'a', token_endpoint: 'https://as.example/t' },
      B: { client_id: 'b', token_endpoint: 'https://as.example/t' },
    })
  })

  it('say what is not clear', async () => {
    const { proposals, ignored } = await recognised(
      'CLIENT_ID=a\nCLIENT_SECRET=b\nX_TOKEN_URL=https://x.example/t\nY_TOKEN_URL=https://y.example/t',
    )
    expect(proposals).toMatchObject([{ config: { client_id: 'a', client_secret: 'b' } }])
    expect(proposals[0]).not.toHaveProperty('config.token_endpoint')
    expect(ignored).toEqual([
      'X_TOKEN_URL and Y_TOKEN_URL say the same of different things, and are not filled in.',
    ])
  })

  it('of one name: the last one counts', async () => {
    expect(await configs('CLIENT_ID=a\nCLIENT_SECRET=old\nCLIENT_ID=b\nCLIENT_SECRET=new')).toEqual({
      '': { client_id: 'b', client_secret: 'new' },
    })
  })
})

describe('references', () => {
  it('are followed in the same text, and nowhere else', async () => {
    const { proposals, ignored } = await recognised(
      [
        'BASE=https://as.example',
        'REALM_PATH=${BASE}/lab',
        'TOKEN_URL=${REALM_PATH}/token',
        'CLIENT_ID=${WHO:-m2m}',
        'CLIENT_SECRET=$OTHER_SECRET',
        'SCOPE="$BASE/read"',
      ].join('\n'),
    )
    expect(proposals).toMatchObject([
      {
        config: {
          token_endpoint: 'https://as.example/lab/token',
          client_id: 'm2m',
          scope: 'https://as.example/read',
        },
      },
    ])
    expect(proposals[0]).not.toHaveProperty('config.client_secret')
    expect(ignored).toEqual([
      'CLIENT_SECRET is the name of a variable. It is not filled in.',
      '2 more settings are not about a client.',
      'WHO: not in the text, so its default is used.',
    ])
  })

  it('that lead to each other end', async () => {
    const found = await recognise('CLIENT_ID=a\nCLIENT_SECRET=x\nTOKEN_URL=${A}\nA=${B}\nB=${A}')
    expect(found).toMatchObject({
      ignored: expect.arrayContaining([
        'TOKEN_URL is a variable of a template. It is not filled in.',
      ]) as unknown,
    })
  })

  it('that multiply stay within a bound', async () => {
    const levels = Array.from({ length: 30 }, (_, level) => `A${level}=${`\${A${level + 1}}`.repeat(20)}`)
    const found = await recognise(['CLIENT_ID=a', 'CLIENT_SECRET=${A0}', ...levels, 'A30=x'].join('\n'))
    expect(JSON.stringify(found).length).toBeLessThan(40_000)
  })

  it('are none between single quotation marks, nor the $ of a secret', async () => {
    expect(await configs(`CLIENT_ID=a\nCLIENT_SECRET='x\${CLIENT_ID}y'`)).toMatchObject({
      '': { client_secret: 'x${CLIENT_ID}y' },
    })
    expect(await configs('CLIENT_ID=a\nCLIENT_SECRET=x$ab$$c1$')).toMatchObject({
      '': { client_secret: 'x$ab$$c1$' },
    })
  })
})

describe('what is no value is not filled in, and said', () => {
  test.each<[value: string, said: string]>([
    ['', 'is empty'],
    ['<your-secret>', 'is a placeholder'],
    ['your_client_secret_here', 'is a placeholder'],
    ['${SECRET}', 'is a variable of a template'],
    ['{{ secret }}', 'is a variable of a template'],
    ['op://vault/item/secret', 'is a reference to where the value is kept'],
    ['********', 'is what a screen shows instead of the value'],
    ['ab'.repeat(10_001), 'has more than 20000 characters'],
  ])('%.30j', async (value, said) => {
    const { proposals, ignored } = await recognised(
      `CLIENT_ID=m2m\nCLIENT_SECRET=${value}\nTOKEN_URL=https://as.example/t`,
    )
    expect(proposals[0]).not.toHaveProperty('config.client_secret')
    expect(ignored).toEqual([`CLIENT_SECRET ${said}. It is not filled in.`])
  })

  test.each<[value: string, said: string]>([
    ['/oauth/token', 'is no URL that begins with https:// or http://'],
    ['https://user:hunter2222@as.example/t', 'has a password, or another secret, in its URL'],
    ['https://as.example/t?client_secret=hunter2222', 'has a password, or another secret, in its URL'],
    ['https://your-tenant.example/t', 'has a placeholder in its URL'],
    ['javascript:alert(1)', 'is no URL that begins with https:// or http://'],
  ])('the URL %j', async (value, said) => {
    const { proposals, ignored } = await recognised(`CLIENT_ID=m2m\nCLIENT_SECRET=x\nTOKEN_URL=${value}`)
    expect(proposals[0]).not.toHaveProperty('config.token_endpoint')
    expect(ignored).toEqual([`TOKEN_URL ${said}. It is not filled in.`])
  })

  it('and a template of nothing but placeholders is refused', async () => {
    const found = await recognise('CLIENT_ID=\nCLIENT_SECRET=<secret>\nTOKEN_URL=$URL_OF_TOKEN')
    expect(found).toEqual<NotUsed>({
      what: 'a list of environment variables (.env)',
      refusal:
        'Nothing of it can be filled in. CLIENT_ID is empty. It is not filled in. CLIENT_SECRET is a placeholder. It is not filled in. TOKEN_URL is the name of a variable. It is not filled in.',
    })
  })

  it('and what else is in the file is named if it may be a secret, else counted', async () => {
    const { ignored } = await recognised(
      'CLIENT_ID=a\nCLIENT_SECRET=b\nDB_PASSWORD=hunter2222\nSESSION_KEY=k\nPORT=3\nMODE=x',
    )
    expect(ignored).toEqual([
      'DB_PASSWORD and SESSION_KEY: not used.',
      '2 more settings are not about a client.',
    ])
  })
})
