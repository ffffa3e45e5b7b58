import { describe, expect, it, test } from 'vitest'
import type { HeaderList } from '../../http/message.ts'
import { unknown } from '../unknown.ts'
import { bash, bashRequests } from './bash.ts'

const form: HeaderList = [['Content-Type', 'application/x-www-form-urlencoded']]
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

/** The first request of a text, and what is said of it. */
async function first(text: string) {
  const [found] = await bashRequests(text)
  if (found === undefined || 'refusal' in found) throw new Error(found?.refusal ?? 'No request')
  return { ...found.request, ignored: found.ignored }
}

const read = async (text: string) => bash.read({ text, document: undefined })

describe('the words of bash', () => {
  // After the manual of bash, "Quoting" and "Shell Expansions".
  test.each<[text: string, body: string]>([
    [String.raw`-d 'a\b"c$d'`, String.raw`a\b"c$d`],
    [String.raw`-d "a\b\"c\$d\\e"`, String.raw`a\b"c$d\e`],
    [String.raw`-d a\ b\'c`, "a b'c"],
    [String.raw`-d 'a\\b'"c"`, String.raw`a\\bc`],
    [`-d 'it'\\''s'`, "it's"],
    [String.raw`-d $'a\'b\\c\n\t\x41\101\u00e9\U0001F600\cA'`, "a'b\\c\n\tAAé😀\x01"],
    [String.raw`-d $'\xc3\xa9'`, 'é'],
    // Firefox writes characters of Latin-1 so, which are no bytes of UTF-8.
    [String.raw`-d $'caf\xe9 \\xe9'`, String.raw`café \xe9`],
    ['-d "a\\\nb"', 'ab'],
    ['-d a\\\n  -d b', 'a&b'],
    ['-d "two\nlines"', 'two\nlines'],
    ['-d "$\'x\'"', "$'x'"],
    ['-d $"x"', 'x'],
    ['-d a#b # -d c', 'a#b'],
    [`-d '!'"!"`, '!!'],
    ['-d "~"', '~'],
    ['-d a -d b > out.json 2>&1', 'a&b'],
    ['-d a | jq .', 'a'],
    ['-d a && echo done', 'a'],
    ['-d a; curl x', 'a'],
    ['-d "100%"', '100%'],
    ['-d é😀\u202E', 'é😀\u202E'],
  ])('%j', async (words, body) => {
    expect(await first(`curl https://x.example/ ${words}`)).toMatchObject({ body })
  })

  test.each<[text: string, body: string]>([
    ['"$A"', unknown('A')],
    ['x=$A-${B}.', `x=${unknown('A')}-${unknown('B')}.`],
    ['"${A:-b}"', unknown('A')],
    ['"${A[0]}"', unknown('A')],
    ['$1', unknown('1')],
    [String.raw`\$A`, '$A'],
    ["'$A'", '$A'],
    [String.raw`"\$A"`, '$A'],
  ])('a variable is unknown, unless its sign is quoted: %s', async (word, body) => {
    expect(await first(`curl https://x.example/ -d ${word}`)).toMatchObject({ body })
  })

  test.each<[script: string, body: string]>([
    ['A=b\ncurl x.example -d $A', 'b'],
    ['A="two words"; curl x.example -d "$A"', 'two words'],
    ['export A=b\nB="$A c"\ncurl x.example -d "$B"', 'b c'],
    // bash would make two words of it.
    ['A="two words"; curl x.example -d $A', unknown('A')],
    ['A=b; A=$(cat secret); curl x.example -d $A', unknown('A')],
    ['A=(1 2)\ncurl x.example -d $A', unknown('A')],
    // This is in the environment of curl, and not in the shell.
    ['A=b curl x.example -d $A', unknown('A')],
    ['A=b true\ncurl x.example -d $A', unknown('A')],
  ])('a variable that the text sets is read: %j', async (script, body) => {
    expect(await first(script)).toMatchObject({ body })
  })

  test.each([
    'curl https://x.example/ -d "$(cat secret)"',
    'curl https://x.example/ -d `cat secret`',
    'curl https://x.example/ -H "Authorization: Basic $(echo -n a:b | base64)"',
    'curl -K <(echo x) https://x.example/',
    'curl https://x.example/ -d $((1+1))',
  ])('the output of a command is refused, and nothing is run: %s', async (text) => {
    expect(await read(text)).toEqual({
      what: 'a curl command, as bash reads it',
      refusal: expect.stringContaining('Nothing is run.') as string,
    })
  })

  test.each<[text: string, why: string]>([
    ['curl https://x.example/ -d {"a":1,"b":2}', 'makes several words of braces'],
    ["curl 'https://x.example/", 'unterminated single quote'],
    ['curl "https://x.example/', 'unterminated double quote'],
    ['curl https://x.example/ -d', 'ends after -d'],
    ['curl https://x.example/ --header', 'ends after --header'],
    ['curl -s -X POST', 'no URL'],
    ['curl ftp://x.example/', 'scheme ftp'],
    ['curl -X "PO ST" https://x.example/', 'PO ST is no method'],
    ['curl -X $M https://x.example/', 'variable M'],
    ['curl "http://[x"', 'is none'],
    ["curl https://x.example/ -H 'a: b\nc: d'", 'line break'],
    ["curl https://x.example/ -H $'a: b\\r\\nc: d'", 'line break'],
    ['curl https://{a,b}.example/', 'braces'],
    ["curl 'https://{a,b}.example/'", 'several URLs'],
    ["curl 'https://x.example/[1-9]'", 'several URLs'],
  ])('%j is refused with the reason', async (text, why) => {
    expect(await read(text)).toMatchObject({ refusal: expect.stringContaining(why) as string })
  })

  it('says what bash cuts off', async () => {
    expect((await first('curl https://x.example/?a=1&b=2')).ignored).toEqual([
      'bash ends the command at an & outside of quotes: what follows is not used.',
    ])
    expect((await first('curl https://x.example/\n  -H "a: b"')).ignored[0]).toContain('backslash')
    expect((await first('curl https://x.example/ && curl y.example')).ignored).toEqual([])
  })

  it('reads what is written to the command', async () => {
    const json = '{\n "a": "$B"\n}'
    expect(await first(`curl --data-binary @- x.example <<'EOF'\n${json}\nEOF`)).toMatchObject({
      body: `${json}\n`,
    })
    expect(await first(`curl -d @- x.example <<EOF\n${json}\nEOF`)).toMatchObject({
      body: `{ "a": "${unknown('B')}"}`,
    })
    expect(await first("curl -d @- x.example <<< 'a=b'")).toMatchObject({ body: 'a=b' })
  })
})

describe('the options of curl', () => {
  // After https://curl.se/docs/manpage.html
  test.each<[words: string, request: object]>([
    ['', { method: 'GET', headers: [], body: null }],
    ['-d a=b', { method: 'POST', headers: form, body: 'a=b' }],
    ['--data a=b --data-raw @c --data-ascii d', { body: 'a=b&@c&d' }],
    ['-d "" -d a', { body: 'a' }],
    ['-da=b', { body: 'a=b' }],
    ['--data=a=b', { body: 'a=b' }],
    ['--data-urlencode "a b&c"', { body: 'a+b%26c' }],
    ['--data-urlencode "=a b"', { body: 'a+b' }],
    ['--data-urlencode "n=a b"', { body: 'n=a+b' }],
    ['--data-urlencode "scope=é!*~"', { body: 'scope=%C3%A9%21%2A~' }],
    [
      '-G -d a=b --data-urlencode "c=d e"',
      { method: 'GET', url: 'https://x.example/?a=b&c=d+e', body: null },
    ],
    ['-Gd a=b', { method: 'GET', url: 'https://x.example/?a=b' }],
    ['--url-query a=b', { method: 'GET', url: 'https://x.example/?a=b' }],
    ['--url-query +a=%20', { url: 'https://x.example/?a=%20' }],
    [
      `--json '{"a":1}'`,
      {
        method: 'POST',
        headers: [
          ['Accept', 'application/json'],
          ['Content-Type', 'application/json'],
        ],
        body: '{"a":1}',
      },
    ],
    [`--json '{"a"' --json ':1}'`, { body: '{"a":1}' }],
    ['-X PUT -d a', { method: 'PUT' }],
    ['-XPATCH', { method: 'PATCH' }],
    ['--request=DELETE', { method: 'DELETE' }],
    ['-sSkXPOST', { method: 'POST' }],
    ['-I', { method: 'HEAD' }],
    ['-T file', { method: 'PUT' }],
    ['-H "a: b"', { headers: [['a', 'b']] }],
    [
      '-H a:b -Hc:d',
      {
        headers: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
    ],
    ['-H "a;"', { headers: [['a', '']] }],
    ['-H "a:" -H "b"', { headers: [] }],
    ['-d a -H "content-type: text/plain"', { headers: [['content-type', 'text/plain']] }],
    ['-d a -H "Content-Type:"', { headers: [] }],
    [
      '-H "a: 1" -H "a: 2"',
      {
        headers: [
          ['a', '1'],
          ['a', '2'],
        ],
      },
    ],
    ['-u "m2m:p:w"', { headers: [['Authorization', basic('m2m:p:w')]] }],
    ['-u ünï:é', { headers: [['Authorization', basic('ünï:é')]] }],
    ['-u a:b -H "authorization: Bearer x"', { headers: [['authorization', 'Bearer x']] }],
    ['--oauth2-bearer abc', { headers: [['Authorization', 'Bearer abc']] }],
    ['-b a=b', { headers: [['Cookie', 'a=b']] }],
    ['-F a=b -F "c=@file"', { method: 'POST', body: 'a=b' }],
    ['--form-string "a=@b"', { body: 'a=%40b' }],
    ['-o out -w "%{http_code}" --max-time 5 -d a', { body: 'a' }],
    ['--no-progress-meter --no-keepalive -d a', { body: 'a' }],
    ['--dat a', { headers: [] }],
    ['--insec -d a', { headers: form }],
    // More than one option begins so.
    ['--locat -d a', { headers: form }],
    ['--variable s=t --expand-data "{{s}} \\{{"', { body: 't {{' }],
    ['--variable %S --expand-data "a={{S:url}}"', { body: `a=${unknown('S')}` }],
    ['--variable s@file --expand-data "{{s}}"', { body: unknown('s') }],
  ])('%s', async (words, expected) => {
    expect(await first(`curl https://x.example/ ${words}`)).toMatchObject(expected)
  })

  test.each<[url: string, read: string]>([
    ['https://x.example', 'https://x.example/'],
    ['x.example:8080/a', 'http://x.example:8080/a'],
    ['localhost/a', 'http://localhost/a'],
    ["'https://x.example/\\[a\\]\\{b\\}'", 'https://x.example/[a]%7Bb%7D'],
    ["-g 'https://x.example/[1-9]{a,b}'", 'https://x.example/[1-9]%7Ba,b%7D'],
    ["'https://[::1]:8443/'", 'https://[::1]:8443/'],
    ["'https://x.example/{tenant}/token'", 'https://x.example/%7Btenant%7D/token'],
    ['--url https://x.example/ https://y.example/', 'https://y.example/'],
    ['-- https://x.example/', 'https://x.example/'],
    ['HTTPS://X.example/%7E?q=ä#f', 'https://x.example/%7E?q=%C3%A4#f'],
  ])('the URL %s', async (words, url) => {
    expect(await first(`curl ${words}`)).toMatchObject({ url })
  })

  test.each<[words: string, said: string]>([
    ['-k', 'decides which certificates'],
    ['--cert c.pem --key k.pem', 'has the certificates'],
    ['-x proxy:8080', 'own proxy'],
    ['-L', 'redirect'],
    ['--digest -u a:b', 'no such authentication'],
    ['--resolve x.example:443:127.0.0.1', 'finds the server by the host'],
    ['--cacert ca.pem', 'list of authorities'],
    ['-K file', 'does not have that file'],
    ['-n', 'does not have that file'],
    ['-d @file', 'reads a file'],
    ['-d @-', 'what is written to the command'],
    ['--data-urlencode a@file', 'reads a file'],
    ['--url-query a@file', 'reads a file'],
    ['-H @file', 'reads a file'],
    ['-H nocolon', 'without a colon'],
    ['-T file', 'no body'],
    ['-F a=b', 'multipart/form-data'],
    ['-r 0-9', '--range'],
    ['--foo', 'no option --foo'],
    ['--foo bar', 'no option --foo'],
    ['-d a -P', 'ends after -P'],
    ['-?', 'no option -?'],
    ['https://y.example', 'more than one URL'],
  ])('%s: it is said what is not used', async (words, said) => {
    const found = await read(`curl https://x.example/ ${words}`)
    expect(JSON.stringify(found)).toContain(said)
  })

  it('says nothing of what only concerns the output', async () => {
    const words = '-sSivf -o out -w "%{http_code}" --compressed --http1.1 -m 5 --retry 3 --fail-with-body'
    expect((await first(`curl ${words} https://x.example/`)).ignored).toEqual([])
  })

  it('reads the requests that --next begins', async () => {
    const found = await bashRequests('curl x.example -d a --next y.example -: -I z.example')
    expect(found).toMatchObject([
      { request: { method: 'POST', url: 'http://x.example/' } },
      { request: { method: 'GET', url: 'http://y.example/' } },
      { request: { method: 'HEAD', url: 'http://z.example/' } },
    ])
  })
})

describe('a text with curl in it', () => {
  const command = 'curl https://x.example/ -d a=b'
  test.each([
    command,
    `$ ${command}`,
    `user@host:~/dir$ ${command}`,
    `# ${command}`,
    `sudo ${command}`,
    `time /usr/bin/${command}`,
    `A=b ${command}`,
    `#!/bin/bash\nset -e\nA=b\n${command}`,
    `TOKEN=$(${command} | jq -r .access_token)`,
    `export TOKEN=\`${command}\``,
    `echo "$(${command})"`,
    `if ${command}; then echo ok; fi`,
    `To get a token, don't forget to run:\n\n${command}`,
    `\`\`\`bash\n${command}\n\`\`\`\n\nIt's done.`,
    command.replaceAll(' -d', ' \\\r\n  -d'),
  ])('%j', async (text) => {
    expect(await read(text)).toMatchObject({
      proposals: [{ kind: 'call', call: { url: 'https://x.example/', method: 'POST', body: 'a=b' } }],
    })
  })

  test.each([
    'curl',
    'curl is a tool',
    'Use curl to call it',
    'curly https://x.example',
    'https://x.example/curl',
    'curl, wget and others',
    '{"curl": "curl https://x.example"}',
    '  "script": "curl https://x.example"',
  ])('%j is none', async (text) => {
    expect(await read(text)).toBeNull()
  })

  it('has several commands: each is a proposal, that of a token first', async () => {
    const found = await read(
      [
        'curl -H "Authorization: Bearer $T" https://api.example/things',
        'curl -d grant_type=client_credentials https://as.example/token',
        'curl https://api.example/$(id)',
      ].join('\n'),
    )
    expect(found).toMatchObject({
      proposals: [
        { kind: 'connection', name: 'POST as.example/token' },
        { kind: 'call', name: 'GET api.example/things', token: null, call: { presentation: 'bearer' } },
      ],
      ignored: [
        'GET api.example/things: The token is in the variable T, whose value the text does not have. It is not filled in. The page presents its own.',
        expect.stringContaining('Another request is not used: Part of it is the output') as string,
      ],
    })
  })
})

describe('commands as tools copy and documents write them', () => {
  it('Chromium, “Copy as cURL (bash)”', async () => {
    // The form of NetworkLogView.ts in devtools-frontend.
    const text = String.raw`curl 'https://as.example/connect/token' \
  -H 'accept: application/json' \
  -H 'accept-language: en-US,en;q=0.9' \
  -H 'cache-control: no-cache' \
  -H 'content-type: application/x-www-form-urlencoded' \
  -b 'session=abc' \
  -H 'origin: https://app.example' \
  -H 'sec-ch-ua: "Chromium";v="141"' \
  -H 'sec-fetch-mode: cors' \
  -H 'user-agent: Mozilla/5.0' \
  --data-raw $'grant_type=client_credentials&client_id=m2m&client_secret=it\'s\u0021&scope=api' \
  --insecure`
    expect(await read(text)).toEqual({
      what: 'a curl command, as bash reads it',
      proposals: [
        expect.objectContaining({
          kind: 'connection',
          config: expect.objectContaining({
            token_endpoint: 'https://as.example/connect/token',
            token_endpoint_auth_method: 'client_secret_post',
            client_id: 'm2m',
            client_secret: "it's!",
            scope: 'api',
            headers: [],
          }) as object,
        }),
      ],
      ignored: [
        '--insecure: the browser decides which certificates it accepts.',
        'Cookie: the page sends without cookies.',
      ],
    })
  })

  it('Postman, “cURL”', async () => {
    // https://learning.postman.com/docs/sending-requests/create-requests/generate-code-snippets/
    const text = `curl --location --request POST 'https://as.example/oauth/token' \\
--header 'Content-Type: application/x-www-form-urlencoded' \\
--header 'Authorization: Basic {{basic}}' \\
--data-urlencode 'grant_type=client_credentials' \\
--data-urlencode 'scope=read write'`
    expect(await read(text)).toMatchObject({
      proposals: [{ config: { token_endpoint: 'https://as.example/oauth/token', scope: 'read write' } }],
      ignored: expect.arrayContaining([
        'The Basic credentials are not base64, and are not filled in. Type client ID and secret.',
      ]) as string[],
    })
  })

  it('a document: ID and secret in variables', async () => {
    const text = `curl -X POST "https://as.example/realms/demo/protocol/openid-connect/token" \\
  -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d "grant_type=client_credentials" -d "scope=$SCOPE"`
    const found = await read(text)
    expect(found).toMatchObject({
      ignored: [
        'client_id is in the variable CLIENT_ID, whose value the text does not have. It is not filled in.',
        'client_secret is in the variable CLIENT_SECRET, whose value the text does not have. It is not filled in. Type the secret.',
        'scope is in the variable SCOPE, whose value the text does not have. It is not filled in.',
      ],
    })
    const [proposal] = found !== null && 'proposals' in found ? found.proposals : []
    const config = proposal?.kind === 'connection' ? proposal.config : {}
    expect(Object.keys(config)).not.toEqual(expect.arrayContaining(['client_id']))
    expect(Object.keys(config)).not.toEqual(expect.arrayContaining(['client_secret']))
    expect(Object.keys(config)).not.toEqual(expect.arrayContaining(['scope']))
  })

  it('a client certificate', async () => {
    const text =
      'curl --cert c.pem --key k.pem https://as.example/token -d grant_type=client_credentials -d client_id=m2m'
    expect(await read(text)).toMatchObject({
      proposals: [{ config: { token_endpoint_auth_method: 'tls_client_auth', client_id: 'm2m' } }],
    })
  })

  it('an ID without a secret', async () => {
    expect(await read('curl -u m2m https://as.example/token -d grant_type=client_credentials')).toMatchObject(
      {
        proposals: [{ config: { token_endpoint_auth_method: 'client_secret_basic', client_id: 'm2m' } }],
        ignored: ['The Basic credentials have an ID and no secret. Type the secret.'],
      },
    )
  })
})
