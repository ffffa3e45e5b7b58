import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { HttpRequest } from '../../http/message.ts'
import { curl } from '../../snippets/curl.ts'
import { curlCmd } from '../../snippets/curl-cmd.ts'
import { curlPowerShell } from '../../snippets/curl-powershell.ts'
import { httpFile } from '../../snippets/http-file.ts'
import { recognise } from '../recognise/recognise.ts'

async function recognised(text: string) {
  const found = await recognise(text)
  if (found === null || 'refusal' in found) throw new Error(`${text}\n${JSON.stringify(found)}`)
  return found
}

async function refused(text: string) {
  const found = await recognise(text)
  if (found === null || !('refusal' in found)) throw new Error(`${text}\n${JSON.stringify(found)}`)
  return found
}

const m2m = {
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  client_secret: 's3 cret&"',
  scope: 'read write',
}

describe('a token request as others write it', () => {
  test.each<[by: string, text: string]>([
    [
      'Chrome, copied as cURL (bash)',
      `curl 'https://as.example/token' \\
  -H 'accept: application/json' \\
  -H 'content-type: application/x-www-form-urlencoded' \\
  -H 'user-agent: Mozilla/5.0' \\
  --data-raw 'grant_type=client_credentials&client_id=m2m&client_secret=s3+cret%26%22&scope=read+write'`,
    ],
    [
      'Chrome, with what bash reads as ANSI-C',
      `curl 'https://as.example/token' \\
  --data-raw $'grant_type=client_credentials&client_id=m2m&client_secret=s3\\u0020cret%26\\u0025\\x32\\u0032&scope=read+write'`,
    ],
    [
      'Chrome, copied as cURL (cmd)',
      `curl ^"https://as.example/token^" ^
  -H ^"content-type: application/x-www-form-urlencoded^" ^
  --data-raw ^"grant_type=client_credentials^&client_id=m2m^&client_secret=s3+cret^%^26^%^22^&scope=read+write^"`,
    ],
    [
      'Chrome, copied as PowerShell',
      `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0"
Invoke-WebRequest -UseBasicParsing -Uri "https://as.example/token" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"accept"="application/json"
  "sec-ch-ua"="\`"Chromium\`";v=\`"156\`""
} \`
-ContentType "application/x-www-form-urlencoded" \`
-Body "grant_type=client_credentials&client_id=m2m&client_secret=s3+cret%26%22&scope=read+write"`,
    ],
    [
      'Chrome, copied as fetch',
      `fetch("https://as.example/token", {
  "headers": {
    "accept": "application/json",
    "content-type": "application/x-www-form-urlencoded"
  },
  "referrerPolicy": "no-referrer",
  "body": "grant_type=client_credentials&client_id=m2m&client_secret=s3+cret%26%22&scope=read+write",
  "method": "POST",
  "mode": "cors",
  "credentials": "omit"
});`,
    ],
    [
      'a table of PowerShell',
      `$body = @{
  grant_type = 'client_credentials'
  client_id = "m2m"
  client_secret = 's3 cret&"'
  scope = 'read write'
}
Invoke-RestMethod -Method Post -Uri https://as.example/token -Body $body`,
    ],
    [
      'the documentation of curl',
      `curl -sS -X POST https://as.example/token -d grant_type=client_credentials -d client_id=m2m --data-urlencode 'client_secret=s3 cret&"' --data-urlencode "scope=read write"`,
    ],
    [
      'an HTTP message',
      `POST /token HTTP/1.1\r\nHost: as.example\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=client_credentials&client_id=m2m&client_secret=s3+cret%26%22&scope=read+write`,
    ],
    [
      'a .http file',
      `@host = https://as.example
### Token
POST {{host}}/token
Content-Type: application/x-www-form-urlencoded

grant_type=client_credentials
&client_id=m2m
&client_secret=s3+cret%26%22
&scope=read+write`,
    ],
  ])('%s', async (_by, text) => {
    const { proposals } = await recognised(text)
    expect(proposals[0]).toMatchObject({
      kind: 'connection',
      isWhole: true,
      config: { ...m2m, token_endpoint_auth_method: 'client_secret_post' },
    })
  })

  test.each<[string, string, string]>([
    ['-u', `curl https://as.example/token -u 'm2m:s3+cret%26%22' -d grant_type=client_credentials`, 'form'],
    [
      '-u, not encoded',
      `curl https://as.example/token -u 'm2m:s3 cret&"' -d grant_type=client_credentials`,
      'raw',
    ],
  ])('with a Basic header by %s', async (_by, text, basic_encoding) => {
    const { proposals } = await recognised(text)
    expect(proposals[0]).toMatchObject({
      config: {
        client_id: 'm2m',
        client_secret: m2m.client_secret,
        token_endpoint_auth_method: 'client_secret_basic',
        basic_encoding,
      },
    })
  })
})

describe('what a shell would do first is not done', () => {
  test.each([
    'curl https://as.example/token -d "client_secret=$(cat secret)&grant_type=client_credentials"',
    'curl https://as.example/token -d "client_secret=`cat secret`&grant_type=client_credentials"',
    'curl https://as.example/token -d @<(cat secret)',
  ])('%s', async (text) => {
    expect((await refused(text)).refusal).toMatch(/output of another command/)
  })

  it('a variable is left empty, and named', async () => {
    const { proposals, ignored } = await recognised(
      'curl https://as.example/token -u "m2m:$CLIENT_SECRET" -d grant_type=client_credentials',
    )
    expect(proposals[0]).toMatchObject({ config: { client_id: 'm2m' } })
    expect(JSON.stringify(proposals)).not.toContain('CLIENT_SECRET')
    expect(ignored.join(' ')).toContain('CLIENT_SECRET')
  })

  it('a file is not read', async () => {
    const found = await recognise('curl https://as.example/token -d @secret.txt')
    expect(JSON.stringify(found)).toMatch(/file/)
  })
})

describe('hostile commands', () => {
  test.each<[string, string]>([
    ['a quote that is open', `curl 'https://as.example/token`],
    ['a header field with a line break', `curl https://as.example/ -H $'a: b\\r\\nHost: evil.example'`],
    ['no URL', 'curl -d a=b'],
    ['no http', 'curl file:///etc/passwd'],
  ])('%s: nothing of it is used', async (_what, text) => {
    const found = await recognise(text)
    if (found !== null && 'proposals' in found)
      expect(JSON.stringify(found.proposals)).not.toMatch(/evil|passwd/)
  })

  test.each([
    ['options', `curl https://as.example/ ${'-H a:b '.repeat(100_000)}`],
    ['quotes', `curl ${"'".repeat(400_001)}`],
    ['brackets', `Invoke-WebRequest ${'@{'.repeat(100_000)}`],
    ['literals', `fetch("https://as.example/", ${'['.repeat(200_000)}`],
    ['carets', `curl ${'^'.repeat(1_000_000)}"`],
    ['lines', `GET / HTTP/1.1\n${'a: b\n'.repeat(200_000)}`],
  ])('many %s are read or refused within seconds', async (_what, text) => {
    const start = performance.now()
    await recognise(text)
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it('no text makes it throw', async () => {
    const pieces = fc.constantFrom(
      'curl ',
      "'",
      '"',
      '`',
      '$',
      '$(',
      '@{',
      '}',
      '-d ',
      '-H ',
      '--data-raw ',
      '\\',
      '\n',
      '^',
      'https://a.example/ ',
      'Invoke-RestMethod ',
      '-Uri ',
      '-Body ',
      'fetch(',
      '{"',
      '### ',
      'POST ',
      ' HTTP/1.1',
      'Host: a',
      '{{x}}',
      '@x = y',
      '&',
      '|',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), async (parts) => {
        await recognise(parts.join(''))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a request that this page writes as code is read back', () => {
  const renderers = { curl, curlCmd, curlPowerShell, httpFile }
  const token = fc.stringMatching(/^[A-Za-z][\w-]{0,10}$/)
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  const form = fc.array(fc.tuple(token, words), { maxLength: 4 })

  test.each(Object.keys(renderers) as (keyof typeof renderers)[])('by %s', async (name) => {
    await fc.assert(
      fc.asyncProperty(words, words, words, form, async (id, secret, scope, parameters) => {
        const body = new URLSearchParams([
          ['grant_type', 'client_credentials'],
          ['client_id', id],
          ['client_secret', secret],
          ['scope', scope],
          ...parameters.map(([key, value]) => [`x-${key}`, value] as [string, string]),
        ])
        const request: HttpRequest = {
          method: 'POST',
          url: 'https://as.example/token',
          headers: [['Content-Type', 'application/x-www-form-urlencoded']],
          body: body.toString(),
        }
        const text = renderers[name].render({ request }, 'shown')
        const { proposals } = await recognised(text)
        expect(proposals).toHaveLength(1)
        expect(proposals[0]).toMatchObject({ kind: 'connection', config: { client_id: id, scope } })
      }),
      { numRuns: 200 },
    )
  })

  test.each(Object.keys(renderers) as (keyof typeof renderers)[])(
    'the call of an API by %s: every byte',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(words, fc.string({ unit: 'grapheme' }), async (value, body) => {
          const request: HttpRequest = {
            method: 'PUT',
            url: new URL(`https://api.example/things?q=${encodeURIComponent(value)}`).href,
            headers: [
              ['X-Own', 'some "quoted" $x %y% \u00e9'],
              ['Content-Type', 'application/json'],
            ],
            body: JSON.stringify({ body }),
          }
          const text = renderers[name].render({ request }, 'shown')
          const { proposals } = await recognised(text)
          expect(proposals[0]).toMatchObject({
            kind: 'call',
            call: {
              method: 'PUT',
              url: request.url,
              body: request.body,
              headers: request.headers.map(([name, value]) => ({ name, value, on: true })),
            },
          })
        }),
        { numRuns: 200 },
      )
    },
  )
})
