import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { invisibleIn } from '../../text/invisible.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import type { Kind, NotUsed, Recognised } from '../kind.ts'
import { recognise } from '../recognise/recognise.ts'
import { bru } from './bru.ts'
import { brunoCollection, brunoEnvironment } from './bruno.ts'
import { hoppscotchCollection, hoppscotchEnvironment } from './hoppscotch.ts'
import { insomnia } from './insomnia.ts'
import { openCollection } from './open-collection.ts'
import { openApi } from './openapi.ts'
import { postmanCollection, postmanEnvironment } from './postman.ts'

const kinds: readonly Kind[] = [
  postmanCollection,
  postmanEnvironment,
  insomnia,
  hoppscotchCollection,
  hoppscotchEnvironment,
  openCollection,
  brunoCollection,
  brunoEnvironment,
  openApi,
]

const read = async (document: unknown): Promise<readonly (Recognised | NotUsed)[]> => {
  const found: (Recognised | NotUsed)[] = []
  for (const kind of kinds) {
    const one = await kind.read({ text: '', document })
    if (one !== null) found.push(one)
  }
  return found
}

/** All that is said of a text, without what goes into the form. */
const said = (found: Recognised | NotUsed | null): string =>
  found === null
    ? ''
    : 'refusal' in found
      ? found.what + found.refusal
      : [found.what, ...found.ignored, ...found.proposals.map(({ name }) => name)].join('\n')

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'
const postman = (item: unknown, others: object = {}) => ({ info: { name: 'Shop', schema }, item, ...others })
const rows = (settings: Readonly<Record<string, unknown>>) =>
  Object.entries(settings).map(([key, value]) => ({ key, value }))
const oauth2 = (settings: Readonly<Record<string, unknown>>) => ({
  type: 'oauth2',
  oauth2: rows({ grant_type: 'client_credentials', ...settings }),
})
const tokenRequest = (client_id: string) => ({
  name: client_id,
  request: {
    method: 'POST',
    url: 'https://as.example/token',
    body: { mode: 'urlencoded', urlencoded: rows({ grant_type: 'client_credentials', client_id }) },
  },
})
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index))

describe('a collection is bounded:', () => {
  it('of 10,000 token requests fifty are offered, and it is said how many are left', async () => {
    const found = await recognise(
      JSON.stringify(postman(times(10_000, (index) => tokenRequest(`app-${index}`)))),
    )
    expect(found).toMatchObject({
      proposals: { length: 50 },
      ignored: ['9950 more entries of it are not offered. Export one folder to get them.'],
    })
  })

  it('requests that are all the same are one', async () => {
    const [found] = await read(postman(times(1_000, () => tokenRequest('app'))))
    expect(found).toMatchObject({ proposals: { length: 1 }, ignored: [] })
  })

  it('100,000 entries of which no value is known', async () => {
    const item = { request: { method: 'GET', url: '{{a}}/{{b}}' } }
    const environments = times(30, (index) => ({
      name: `e${index}`,
      variables: [{ name: 'x', value: `${index}` }],
    }))
    const items = times(100_000, () => ({ ...item, type: 'http', name: 'x' }))
    const found = await read({ version: '1', name: 'x', exportedUsing: 'Bruno', items, environments })
    expect(found).toMatchObject([{ refusal: expect.stringContaining('“a” and “b”') as string }])
  })

  it('one that is nested 100,000 levels deep is refused as a text, and read to a depth as a value', async () => {
    const levels = 100_000
    const start = JSON.stringify(postman(null)).replace('null}', '')
    const text = `${start}${'[{"item":'.repeat(levels)}[]${'}]'.repeat(levels)}}`
    expect(await recognise(text)).toMatchObject({
      what: 'a document',
      refusal: expect.stringContaining('deep') as string,
    })
    let item: unknown = [tokenRequest('deep')]
    for (let level = 0; level < levels; level += 1) item = [{ item }]
    expect(await read(postman([{ item }, tokenRequest('app')]))).toMatchObject([
      {
        proposals: [{ kind: 'connection', config: { client_id: 'app' } }],
        ignored: ['It is too long or too deep to be read as a whole.'],
      },
    ])
  })

  it('folders that are their own parents, and entries with one ID, have an end', async () => {
    const folder = (id: string, parentId: string) => ({ _type: 'request_group', _id: id, parentId, name: id })
    const resources = [
      { _type: 'workspace', _id: 'w' },
      folder('a', 'b'),
      folder('b', 'a'),
      folder('self', 'self'),
      ...times(60, () => [folder('x', 'w'), folder('y', 'x'), folder('x', 'y')]).flat(),
      {
        _type: 'request',
        _id: 'r',
        parentId: 'w',
        method: 'POST',
        url: 'https://as.example/token',
        body: { mimeType: 'text/plain', text: 'grant_type=client_credentials&client_id=app' },
      },
    ]
    const found = await read({ _type: 'export', __export_format: 4, resources })
    expect(found).toMatchObject([{ what: 'an Insomnia collection' }])
  })

  it('a document of YAML whose aliases multiply is refused', async () => {
    const lines = times(30, (level) => `l${level}: &l${level} [${`*l${level - 1}, `.repeat(10)}]`)
    const text = ['type: collection.insomnia.rest/5.0', 'l: &l-1 [1]', ...lines, 'collection: *l29'].join(
      '\n',
    )
    expect(await recognise(text)).toMatchObject({ refusal: expect.stringContaining('aliases') as string })
  })

  test.each(['meta {', 'vars {\n  a: 1\n', "vars {\n  a: '''\n", 'auth:oauth2 [', '\n', 'x', 'meta {\n}\n'])(
    'a megabyte of %j is not held up',
    async (piece) => {
      const text = `meta {\n}\n${piece.repeat(1_000_000 / piece.length)}`
      const found = await bru.read({ text, document: undefined })
      expect(found === null || 'refusal' in found).toBe(true)
    },
  )
})

describe('variables', () => {
  const withVariables = (clientId: string, variables: Readonly<Record<string, string>>) =>
    read(
      postman([], {
        auth: oauth2({ accessTokenUrl: 'https://as.example/token', clientId, clientSecret: 'the-secret' }),
        variable: rows(variables),
      }),
    )
  const left = (name: string) => [
    `client_id is in the variable ${name}, whose value the text does not have. It is not filled in.`,
  ]

  it('have values through others', async () => {
    const [found] = await withVariables('{{a}}-{{ b }}', { a: '{{b}}{{b}}', b: 'x' })
    expect(found).toMatchObject({ proposals: [{ config: { client_id: 'xx-x' } }], ignored: [] })
  })

  it('that need themselves have none', async () => {
    const [found] = await withVariables('{{a}}', { a: '{{b}}', b: '{{a}}' })
    expect(found).toMatchObject({ ignored: left('a') })
    const [alone] = await withVariables('{{a}}', { a: '{{a}}' })
    expect(alone).toMatchObject({ ignored: left('a') })
  })

  it('that double each other have none, without their growth', async () => {
    const variables = Object.fromEntries(
      times(60, (index) => [`v${index}`, index === 0 ? 'lol' : `{{v${index - 1}}}`.repeat(2)] as const),
    )
    const [found] = await withVariables('{{v59}}', variables)
    expect(found).toMatchObject({ proposals: [{ config: { client_secret: 'the-secret' } }] })
    expect(JSON.stringify(found).length).toBeLessThan(100_000)
  })

  it('in a chain of 100,000 have none', async () => {
    const variables = Object.fromEntries(
      times(100_000, (index) => [`v${index}`, `{{v${index + 1}}}`] as const),
    )
    const [found] = await withVariables('{{v0}}', variables)
    expect(found).toMatchObject({ proposals: [{ config: { client_secret: 'the-secret' } }] })
    expect(found && 'ignored' in found ? found.ignored.length : 0).toBe(1)
  })

  it('a megabyte of references is read once', async () => {
    const [found] = await withVariables('{{a}}'.repeat(200_000), { a: 'x'.repeat(10) })
    expect(found).toMatchObject({ ignored: left('a text that is too long') })
    const [open] = await withVariables('{{'.repeat(500_000), {})
    expect(open).toMatchObject({ proposals: { length: 1 } })
  })

  it('with names of prototypes are names', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const [found] = await withVariables(`{{${name}}}`, {})
      expect(found).toMatchObject({ ignored: left(name) })
    }
    const [found] = await withVariables(
      '{{__proto__}}',
      JSON.parse('{"__proto__":"app"}') as Record<string, string>,
    )
    expect(found).toMatchObject({ proposals: [{ config: { client_id: 'app' } }] })
  })
})

describe('what is not what it should be', () => {
  it('members of a prototype are none', async () => {
    const text = `{"__proto__":{"info":{"schema":${JSON.stringify(schema)}},"item":[]},"x":1}`
    expect(await read(JSON.parse(text))).toEqual([])
    const inherited: unknown = Object.create(postman([tokenRequest('app')]))
    expect(await read(inherited)).toEqual([])
    const { polluted } = {} as { polluted?: unknown }
    expect(polluted).toBeUndefined()
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://as.example/token',
    'https://',
    ' ',
  ])('a token endpoint %j is not filled in', async (accessTokenUrl) => {
    const [found] = await read(postman([], { auth: oauth2({ accessTokenUrl, clientId: 'app' }) }))
    expect(found).toMatchObject({ proposals: [{ config: { client_id: 'app' } }] })
    expect(JSON.stringify(found && 'proposals' in found ? found.proposals : [])).not.toContain(
      'token_endpoint"',
    )
  })

  test.each(['javascript:alert(1)', 'wss://api.example', 'data:,x', '', '{{nothing}}/x'])(
    'a call of %j is none',
    async (url) => {
      expect(await read(postman([{ name: 'x', request: { url } }]))).toMatchObject([
        { refusal: expect.stringContaining('Nothing of it can be filled in') as string },
      ])
    },
  )

  test.each(['javascript:alert(1)', 'data:,x', 'relative'])('nor is %j of an API', async (url) => {
    const flows = { clientCredentials: { tokenUrl: url, scopes: { a: '' } } }
    const [found] = await read({
      openapi: '3.1.0',
      servers: [{ url }],
      components: {
        securitySchemes: {
          o: { type: 'oauth2', flows },
          i: { type: 'openIdConnect', openIdConnectUrl: url },
          r: { $ref: '#/components/securitySchemes/r' },
        },
      },
    })
    expect(found).toMatchObject({
      proposals: [{ kind: 'connection', config: { scope: 'a' }, call: null }],
    })
  })

  it('a name hides and reorders nothing, and is on one line', async () => {
    const name = 'Get \u202Enekot\u200B\n token'
    const [found] = await read(postman([{ ...tokenRequest('app'), name }]))
    const [first] = found && 'proposals' in found ? found.proposals : []
    expect(first?.name).toBe('Get [U+202E]nekot[U+200B] token'.replace('] token', ']  token'))
    expect(invisibleIn(first?.name ?? '')).toEqual([])
  })

  it('a line break does not add a header field', async () => {
    const item = tokenRequest('app')
    const [found] = await read(
      postman([{ ...item, request: { ...item.request, header: [{ key: 'X-A', value: '1\r\nX-B: 2' }] } }]),
    )
    expect(JSON.stringify(found && 'proposals' in found ? found.proposals : [])).not.toContain('X-B')
  })
})

/** Members that some format has, so that a random document is read to its depth. */
const names = fc.constantFrom(
  ...'info schema item request auth type oauth2 basic bearer url raw host path query variable header body mode urlencoded formdata event script exec values _postman_variable_scope _type resources _id parentId authentication environment environments data collection children items root vars req version exportedUsing opencollection http config openapi swagger components securitySchemes securityDefinitions flows clientCredentials tokenUrl scopes servers paths get security v folders requests endpoint grantTypeInfo name key value disabled enabled __proto__ constructor $ref'.split(
    ' ',
  ),
)
const values = fc.constantFrom<unknown>(
  schema,
  'export',
  4,
  '4',
  '1',
  'collection.insomnia.rest/5.0',
  '3.1.0',
  '2.0',
  'oauth2',
  'basic',
  'http',
  'request',
  'request_group',
  'folder',
  'client_credentials',
  'grant_type=client_credentials',
  'https://as.example/token',
  '{{a}}',
  '#/components/securitySchemes/key',
  null,
  true,
  0,
  '',
)
const { document: documents } = fc.letrec<{ document: unknown; list: unknown; object: unknown }>((tie) => ({
  document: fc.oneof({ depthSize: 'large', withCrossShrink: true }, values, tie('list'), tie('object')),
  list: fc.array(tie('document'), { maxLength: 4 }),
  object: fc
    .uniqueArray(fc.tuple(names, tie('document')), { maxLength: 8, selector: ([name]) => name })
    .map(
      (members) =>
        JSON.parse(
          `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
        ) as unknown,
    ),
}))

/** What a document of each kind begins with. */
const begun: readonly object[] = [
  postman([]),
  { _postman_variable_scope: 'environment', values: [] },
  { _type: 'export', __export_format: 4, resources: [] },
  { type: 'collection.insomnia.rest/5.0', collection: [] },
  { v: 12, name: 'x', folders: [], requests: [] },
  { v: 1, name: 'x', variables: [] },
  { opencollection: '1.0.0', items: [] },
  { version: '1', name: 'x', items: [] },
  { openapi: '3.1.0', components: {}, paths: {}, servers: [] },
  { swagger: '2.0', securityDefinitions: {} },
]

describe('any document', () => {
  it('is read without throwing, wherever it is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom({}, ...begun), documents, documents, async (start, one, other) => {
        const members = typeof one === 'object' && one !== null && !Array.isArray(one) ? one : {}
        const lists = Object.fromEntries(
          Object.entries(start).map(
            ([name, value]) => [name, Array.isArray(value) ? [other, one] : value] as const,
          ),
        )
        for (const found of [
          ...(await read(one)),
          ...(await read({ ...lists, ...members })),
          ...(await read(lists)),
        ])
          expect(said(found)).not.toBe('')
      }),
      { numRuns: 150 },
    )
  })

  it('of blocks is read without throwing', () => {
    const pieces = fc.constantFrom(
      'meta {\n',
      'vars {\n',
      'post {\n',
      'auth:oauth2 {\n',
      'vars:secret [',
      ']\n',
      '}\n',
      "  a: '''\n",
      '  ~b: {{a}}\n',
      '  "c d": 1\n',
      '  url: https://as.example\n',
      '  auth: oauth2\n',
      '  @x\n',
      '\r\n',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), (parts) => {
        const found = bru.read({ text: parts.join(''), document: undefined })
        expect(found instanceof Promise).toBe(false)
      }),
    )
  })
})

/** Documents that have the secret in each place for one, in a name, and in the place of other things. */
const withSecret = (secret: string): readonly unknown[] => {
  const auths = [
    oauth2({ accessTokenUrl: 'https://as.example/token', clientId: 'app', clientSecret: secret }),
    oauth2({
      accessTokenUrl: `https://as.example/token?client_secret=${secret}`,
      clientId: 'app',
      clientSecret: secret,
    }),
    { type: 'basic', basic: rows({ username: 'app', password: secret }) },
    { type: 'bearer', bearer: rows({ token: secret }) },
    { type: 'apikey', apikey: rows({ key: 'X-Key', value: secret }) },
  ]
  const items = auths.map((auth) => ({
    name: `GET https://api.example/x?key=${secret}`,
    request: {
      auth,
      method: 'GET',
      url: `https://api.example/x?api_key=${secret}`,
      header: rows({ 'X-Api-Key': secret, Cookie: secret, Authorization: `Digest ${secret}` }),
      body: { mode: 'raw', raw: JSON.stringify({ password: secret }) },
    },
  }))
  const environment = rows({
    client_id: 'app',
    client_secret: secret,
    issuer: `https://as.example/${secret}`,
  })
  const bruno = { mode: 'oauth2', oauth2: { clientId: '{{id}}', clientSecret: '{{s}}', accessTokenUrl: 'x' } }
  return [
    postman([...items, ...items.map((one) => ({ ...one, name: `My ${secret}` }))]),
    postman(items, { auth: auths[0], variable: rows({ password: secret }) }),
    { name: secret, values: environment, _postman_variable_scope: 'environment' },
    {
      version: '1',
      name: secret,
      items: [{ type: 'http', name: secret, request: { url: '{{x}}', auth: bruno } }],
      environments: [
        { name: `of ${secret}`, variables: [{ name: 's', value: secret }] },
        {
          name: 'b',
          variables: [
            { name: 's', value: 'another' },
            { name: 'id', value: 'app' },
          ],
        },
      ],
    },
    {
      _type: 'export',
      __export_format: 4,
      resources: [
        {
          _type: 'request',
          name: secret,
          url: `https://u:${secret}@as.example/token`,
          method: 'POST',
          headers: [{ name: 'X-Secret', value: secret }],
          body: { mimeType: 'text/plain', text: `grant_type=client_credentials&client_secret=${secret}` },
        },
      ],
    },
  ]
}

describe('a secret', () => {
  it('is in no name and in no sentence', async () => {
    const secret = fc
      .stringMatching(/^[a-zA-Z0-9~!*._-]{12,40}$/)
      .map((text) => `s3cr3t${text}`)
      // What only has the place of a secret is none.
      .filter((text) => placeholderIn(text) === null)
    await fc.assert(
      fc.asyncProperty(secret, async (text) => {
        for (const document of withSecret(text)) {
          const [found] = await read(document)
          expect(found).toBeDefined()
          expect(said(found ?? null)).not.toContain(text)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('of a file of Bruno is in none either', async () => {
    const text = `meta {\n  name: my-s3cr3t-secret\n}\n\nget {\n  url: {{x}}\n  auth: oauth2\n}\n\nauth:oauth2 {\n  client_id: app\n  client_secret: my-s3cr3t-secret\n  access_token_url: my-s3cr3t-secret\n}\n`
    const found = await bru.read({ text, document: undefined })
    expect(found).toMatchObject({ proposals: [{ config: { client_secret: 'my-s3cr3t-secret' } }] })
    expect(said(found)).not.toContain('my-s3cr3t-secret')
  })
})
