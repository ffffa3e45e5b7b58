import { describe, expect, it } from 'vitest'
import { exchange, good, read } from './own-lesson-testing.ts'

type Change = Readonly<Record<string, unknown>>
const withStart = (change: Change): Change => ({ start: { ...good.start, ...change } })
const withConfig = (config: Change): Change => withStart({ config })
const withCall = (call: Change): Change => withStart({ call })
const withExchange = (change: Change): Change => ({
  steps: [{ what: 'The server does', exchange: { ...exchange, ...change } }],
})
const withPrediction = (change: Change): Change => ({ prediction: { ...good.prediction, ...change } })

/** Each with what is wrong in it, and what is like it and right. */
const twins: readonly (readonly [what: string, hostile: Change, reason: RegExp, harmless: Change])[] = [
  [
    'markup',
    { goal: 'Read <b>this</b>.' },
    /^lessons\[0\]\.goal has markup in it, <b>/,
    { goal: 'a < b, and b > a.' },
  ],
  [
    'a script',
    { closing: '<script>fetch(1)</script>' },
    /\.closing has markup in it, <script>/,
    { closing: 'A script: fetch(1).' },
  ],
  [
    'an image that does something',
    { hints: ['<img src=x onerror=alert(1)>'] },
    /\.hints\[0\] has markup in it, <img/,
    { hints: ['onerror=alert'] },
  ],
  ['a comment of markup', { text: ['<!-- x'] }, /\.text\[0\] has markup/, { text: ['a <- b'] }],
  [
    'characters that reorder',
    { title: 'safe\u202Egnp' },
    /\.title has characters in it that nobody sees: U\+202E/,
    { title: 'שלום' },
  ],
  [
    'characters that nobody sees',
    { id: 'own', text: ['a\u200Bb'] },
    /\.text\[0\] has characters in it that nobody sees: U\+200B/,
    { text: ['a b'] },
  ],
  [
    'tags that nobody sees',
    withExchange({ client: 'a\u{E0041}' }),
    /\.exchange\.client has characters .*U\+E0041/,
    withExchange({ client: 'a' }),
  ],
  [
    'hidden characters in a name',
    withExchange({ claims: { 'a\u2066': true } }),
    /\.claims has characters .*U\+2066/,
    withExchange({ claims: { a: true } }),
  ],
  ['a line break', { goal: 'One.\nTwo.' }, /\.goal has to be one line/, { goal: 'One. Two.' }],
  [
    'a prototype',
    withExchange({ claims: JSON.parse('{"__proto__": "x"}') as unknown }),
    /claims\.__proto__ is no name that is compared/,
    withExchange({ claims: { proto: 'x' } }),
  ],
  [
    'a prototype as a member',
    JSON.parse('{"__proto__": {"id": "x"}}') as Change,
    /^lessons\[0\]\.__proto__ is not known/,
    {},
  ],
  ['a constructor', withConfig({ constructor: 'x' }), /\.config\.constructor is not known/, withConfig({})],
  [
    'a member nobody knows',
    { onSolved: 'fetch()' },
    /^lessons\[0\]\.onSolved is not known\. What may be there: id, title/,
    {},
  ],
  [
    'a member of a step nobody knows',
    withExchange({ url: 'x' }),
    /\.exchange\.url is not known/,
    withExchange({ path: 'x' }),
  ],
  [
    'a script as endpoint',
    withConfig({ token_endpoint: 'javascript:alert(1)' }),
    /config\.token_endpoint has to be a URL that starts with https/,
    withConfig({ token_endpoint: 'https://as.example' }),
  ],
  [
    'data as endpoint',
    withConfig({ discovery: 'data:text/html,x' }),
    /config\.discovery has to be a URL/,
    withConfig({ discovery: '' }),
  ],
  [
    'a file as API',
    withCall({ url: 'file:///etc/passwd' }),
    /call\.url has to be a URL/,
    withCall({ url: 'http://localhost:1/a' }),
  ],
  ['an address that is no text', withCall({ url: 1 }), /call\.url has to be a URL/, withCall({})],
  [
    'a client secret',
    withConfig({ client_secret: 's3cret-0' }),
    /config\.client_secret is a secret, or has one in it/,
    withConfig({ client_id: 's' }),
  ],
  [
    'a secret member by another name',
    withConfig({ apiKey: 's3cret-0' }),
    /config\.apiKey is a secret/,
    withConfig({ scope: 'api' }),
  ],
  [
    'a password in a URL',
    withConfig({ token_endpoint: 'https://u:s3cret-0@as.example' }),
    /token_endpoint is a secret, or has one/,
    withConfig({ token_endpoint: 'https://as.example/u' }),
  ],
  [
    'a secret in a header',
    withConfig({ headers: [{ name: 'X-Api-Key', value: 's3cret-0', on: true }] }),
    /headers\[0\]\.value is a secret/,
    withConfig({ headers: [{ name: 'X-Trace', value: '1', on: true }] }),
  ],
  [
    'a secret in the details',
    withConfig({ authorization_details: '[{"password":"s3cret-0"}]' }),
    /authorization_details is a secret/,
    withConfig({ authorization_details: '[{"type":"a"}]' }),
  ],
  [
    'a secret in the assertion',
    withConfig({ assertion: { payload: '{"token":"s3cret-0"}' } }),
    /assertion\.payload is a secret/,
    withConfig({ assertion: { payload: '{"a":1}' } }),
  ],
  [
    'a secret in the body of a call',
    withCall({ body: '{"password":"s3cret-0"}' }),
    /call\.body is a secret/,
    withCall({ body: '{"user":"a"}' }),
  ],
  [
    'a secret in the URL of a call',
    withCall({ url: 'https://a.example/?api_key=s3cret-0' }),
    /call\.url is a secret/,
    withCall({ url: 'https://a.example/?a=1' }),
  ],
  [
    'a secret to compare with',
    withExchange({ sent: { client_secret: 's3cret-0' } }),
    /sent\.client_secret is a secret/,
    withExchange({ sent: { client_secret: true, token_type_hint: 'access_token' } }),
  ],
  [
    'a token in a text',
    { closing: 'Use eyJhbGciOiJFUzI1NiJ9s3cret-0.' },
    /closing is a secret/,
    { closing: 'Send client_secret=... in the body.' },
  ],
  [
    'a member of the assertion nobody knows',
    withConfig({ assertion: { alg: 'none' } }),
    /config\.assertion\.alg is not known/,
    withConfig({ assertion: { nbf: false } }),
  ],
  [
    'a method nobody knows',
    withConfig({ token_endpoint_auth_method: 'magic' }),
    /token_endpoint_auth_method is no value/,
    withConfig({ token_endpoint_auth_method: 'none' }),
  ],
  [
    'a lifetime of a year',
    withConfig({ assertion: { lifetime: 31_536_000 } }),
    /assertion\.lifetime is no value/,
    withConfig({ clock_skew: -5 }),
  ],
  [
    'a resource that is no text',
    withConfig({ resource: ['https://a.example', 7] }),
    /config\.resource is no value/,
    withConfig({ resource: ['https://a.example'] }),
  ],
  [
    'a config that is a list',
    withStart({ config: [] }),
    /start\.config has to be an object/,
    withStart({ config: {} }),
  ],
  [
    'a server nobody knows',
    withStart({ server: '__proto__' }),
    /start\.server has to be the id of a server/,
    withStart({ server: 'keycloak' }),
  ],
  [
    'a client nobody knows',
    withStart({ client: 'toString' }),
    /start\.client has to be the id of a client/,
    withStart({ client: 'practice-es256' }),
  ],
  [
    'which key of the user signs an assertion',
    withConfig({ assertion: { key: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', aud: 'custom' } }),
    /config\.assertion\.key names a key/,
    withConfig({ assertion: { key: '', aud: 'custom' } }),
  ],
  [
    'which key of the user a token is bound to',
    withConfig({ dpop: { on: true, key: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' } }),
    /config\.dpop\.key names a key/,
    withConfig({ dpop: { on: true } }),
  ],
  ['no start', { start: undefined }, /^lessons\[0\]\.start is missing: it has to be an object/, {}],
  ['an id that no link can have', { id: 'a/../b' }, /\.id has to be small letters/, { id: 'a-b-2' }],
  [
    'the id of a lesson that is built in',
    { id: 'first-token' },
    /\.id is first-token, which another lesson has/,
    { id: 'first-token-2' },
  ],
  ['no steps', { steps: [] }, /\.steps has to be a list of 1 to 10/, {}],
  [
    'a step that is neither',
    { steps: [{ what: 'The server does' }] },
    /steps\[0\] has to have either exchange or find/,
    {},
  ],
  [
    'a step that is both',
    { steps: [{ what: 'A', exchange, find: 'exp' }] },
    /steps\[0\] has to have either/,
    {},
  ],
  [
    'a token before there is one',
    withExchange({ token: 'same' }),
    /exchange\.token compares .* and there is none/,
    {},
  ],
  [
    'a right choice that is none',
    withPrediction({ right: 2 }),
    /prediction\.right is 2, and there are 2 choices/,
    withPrediction({ right: 0 }),
  ],
  [
    'a right choice below 0',
    withPrediction({ right: -1 }),
    /prediction\.right has to be a number from 0/,
    withPrediction({ right: 1 }),
  ],
  [
    'a step that is none',
    withPrediction({ step: 2 }),
    /prediction\.step is 2, and there are 2 steps/,
    withPrediction({ step: 1 }),
  ],
  [
    'the same choice twice',
    withPrediction({ choices: ['A', 'B', 'A'] }),
    /prediction\.choices has the same twice/,
    withPrediction({ choices: ['A', 'B', 'a'] }),
  ],
  [
    'the same section twice',
    { sections: ['RFC 6749 4.4', 'RFC 6749 4.4'] },
    /\.sections has the same twice/,
    { sections: ['RFC 6749 4.4', 'RFC 9999 1'] },
  ],
  [
    'one choice',
    withPrediction({ choices: ['A'], right: 0 }),
    /choices has to be a list of 2 to 6/,
    withPrediction({ choices: ['A', 'B', 'C'] }),
  ],
  [
    'a text that is too long',
    { goal: 'x'.repeat(321) },
    /\.goal has to be one line of text, at most 320/,
    { goal: 'x'.repeat(320) },
  ],
  ['a number for a text', { title: 7 }, /\.title has to be one line of text/, { title: '7' }],
  [
    'what no exchange is about',
    withExchange({ about: 'constructor' }),
    /exchange\.about has to be one of token, api/,
    withExchange({ about: 'api' }),
  ],
  [
    'half a status',
    withExchange({ status: 200.5 }),
    /exchange\.status has to be a number from/,
    withExchange({ status: 201 }),
  ],
]

describe.each(twins)('a lesson with %s', (_what, hostile, reason, harmless) => {
  it('is refused, with the reason and without the secret', () => {
    const { lessons: none, problems } = read([{ ...good, ...hostile }])
    expect(none).toEqual([])
    expect(problems.join('\n')).toMatch(reason)
    expect(problems.join('\n')).not.toContain('s3cret-0')
  })

  it('has a twin that is read', () => {
    expect(read([{ ...good, ...harmless }])).toMatchObject({
      lessons: [{ title: expect.any(String) as string }],
      problems: [],
    })
  })
})
