import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { unknown } from '../unknown.ts'
import { powerShell, powerShellRequests } from './powershell.ts'

const read = async (text: string) => powerShell.read({ text, document: undefined })

function first(text: string) {
  const [found] = powerShellRequests(text)
  if (found === undefined || 'refusal' in found) throw new Error(found?.refusal ?? 'No request')
  return found.request
}

/** How Chromium quotes a text: generatePowerShellCommand of NetworkLogView.ts in devtools-frontend. */
const chromium = (text: string): string =>
  `"${text.replace(/[`$"]/g, '`$&').replace(/[^\x20-\x7E]/g, (unit) => `$([char]${unit.charCodeAt(0)})`)}"`

const iwr = 'Invoke-WebRequest -Uri https://x.example/ -Method Post'

describe('the values of PowerShell', () => {
  // After about_Quoting_Rules, about_Special_Characters and about_Hash_Tables.
  test.each<[value: string, body: string]>([
    ["'a''b`$c'", "a'b`$c"],
    ['‘a’', 'a'],
    ['“a”', 'a'],
    ['"a""b`"c`$d``e"', 'a"b"c$d`e'],
    ['"a`nb`tc`u{e9}`0"', 'a\nb\tcé\0'],
    ['"$([char]233)$([char]0xE9)"', 'éé'],
    ['"$X ${X y} $env:Z"', `${unknown('X')} ${unknown('X y')} ${unknown('Z')}`],
    ['"a$ b$"', 'a$ b$'],
    ['$X', unknown('X')],
    ['$r.access_token', unknown('r.access_token')],
    ['"$($r.access_token)"', unknown('r.access_token')],
    ['(\'a\' + "b" +\n  $C)', `ab${unknown('C')}`],
    ["@'\na 'b' $c\nd\n'@", "a 'b' $c\nd"],
    ['@"\r\na "b" $c\r\n"@', `a "b" ${unknown('c')}`],
    ["@'\n'@", ''],
    ['@{a = "b c"; d = 1\n e = $F}', `a=b+c&d=1&e=${encodeURIComponent(unknown('F'))}`],
    ['@{}', ''],
    ['([System.Text.Encoding]::UTF8.GetBytes("é"))', 'é'],
    ['(@{a = "b"; c = @{d = "e"}} | ConvertTo-Json -Depth 3)', '{"a":"b","c":{"d":"e"}}'],
    ['("x=" + [uri]::EscapeDataString("a b&"))', 'x=a%20b%26'],
    ['([Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes("a:b")))', 'YTpi'],
    ['application/json', 'application/json'],
    ['a"b c"d', 'ab cd'],
    ['a`$b', 'a$b'],
    ['$true', unknown('true')],
  ])('-Body %s', (value, body) => {
    expect(first(`${iwr} -Body ${value}`).body).toBe(body)
  })

  test.each<[script: string, body: string]>([
    [`$b = 'x'\n${iwr} -Body $b`, 'x'],
    [`$B = "x"; ${iwr} -Body "$b y"`, 'x y'],
    [`$b = @{ a = 'x' }\n${iwr} -Body $b`, 'a=x'],
    [`$b = @{ a = 'x' } | ConvertTo-Json\n${iwr} -Body $b`, '{"a":"x"}'],
    [`$b = 'x' # why\n<# more\n $b = 1 #>\n${iwr} -Body $b`, 'x'],
    [`$b = Get-Content x\n${iwr} -Body $b`, unknown('b')],
    [`$b = 'x'\n$b = Read-Host\n${iwr} -Body $b`, unknown('b')],
    [`$b = 'x'.Trim()\n${iwr} -Body $b`, unknown('b')],
    [`$p = @{Body = 'x'}\n${iwr} @p`, 'x'],
  ])('a variable that the text sets is read: %j', (script, body) => {
    expect(first(script).body).toBe(body)
  })

  it('as Chromium quotes them, for any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...Array.from('"`$(){}\'’“\r\n\0 aé')) }),
    )
    fc.assert(
      fc.property(text, (body) => {
        expect(first(`${iwr} \`\n-Body ${chromium(body)}`).body).toBe(body)
      }),
    )
  })

  test.each<[text: string, why: string]>([
    [`${iwr} -Body (Get-Content secret)`, 'Nothing is run.'],
    [`${iwr} -Body "$(Get-Content secret)"`, 'Nothing is run.'],
    [`${iwr} -Body $(whoami)`, 'Nothing is run.'],
    [`${iwr} -Body @{ a = client_credentials }`, 'Nothing is run.'],
    [`${iwr} -Body ("a" -join "b")`, 'Nothing is run.'],
    [`${iwr} -Body ('a'.Replace('a', 'b'))`, 'Nothing is run.'],
    [`${iwr} -Body "a`, 'open at its end'],
    [`${iwr} -Body @'\na`, 'open at its end'],
    [`${iwr} -Body <# a`, 'open at its end'],
    [`${iwr} @params`, 'in a variable that the text does not have'],
    [`Invoke-WebRequest -Method Post`, 'no URL'],
    [`${iwr} -Headers @{ a = "b\`r\`nc: d" }`, 'line break'],
    [`${iwr} -Body ${'('.repeat(500)}`, '100 levels'],
    ["curl.exe 'https://x.example/' -H @{a = 'b'}", 'this is a table'],
  ])('%s is refused', async (text, why) => {
    expect(await read(text)).toMatchObject({
      what: 'a PowerShell command',
      refusal: expect.stringContaining(why) as string,
    })
  })
})

describe('Invoke-WebRequest and Invoke-RestMethod', () => {
  test.each<[text: string, request: object]>([
    ['irm https://x.example/', { method: 'GET', url: 'https://x.example/', headers: [], body: null }],
    ['iwr -Uri x.example', { url: 'http://x.example/' }],
    [
      'irm https://x.example/ -Body @{ a = "b c" }',
      { method: 'GET', url: 'https://x.example/?a=b+c', body: null },
    ],
    ['irm https://x.example/?x -Body @{ a = 1 }', { url: 'https://x.example/?x&a=1' }],
    [
      'irm https://x.example/ -Method POST -Body @{ a = "b" }',
      { headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: 'a=b' },
    ],
    [
      'irm https://x.example/ -Method Put -ContentType "application/json" -Body \'{"a":1}\'',
      { method: 'PUT', headers: [['Content-Type', 'application/json']], body: '{"a":1}' },
    ],
    [
      'irm https://x.example/ -Headers @{ "a" = "b"; c = "d" }',
      {
        headers: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
    ],
    ['irm https://x.example/ -He @{ a = "b" } -M Patch', { method: 'PATCH', headers: [['a', 'b']] }],
    ['irm https://x.example/ -CustomMethod PURGE', { method: 'PURGE' }],
    [
      'irm https://x.example/ -Authentication Bearer -Token $t',
      { headers: [['Authorization', `Bearer ${unknown('t')}`]] },
    ],
    ['irm -UseBasicParsing -SkipCertificateCheck:$true https://x.example/', { url: 'https://x.example/' }],
    ['(irm https://x.example/).access_token', { url: 'https://x.example/' }],
    ['irm https://x.example/ | ConvertTo-Json', { url: 'https://x.example/' }],
    ['try { irm https://x.example/ } catch { $_ }', { url: 'https://x.example/' }],
    ['irm https://x.example/ -OutFile C:\\out.txt', { url: 'https://x.example/' }],
  ])('%s', (text, request) => {
    expect(first(text)).toMatchObject(request)
  })

  it('Chromium, “Copy as PowerShell”', async () => {
    const text = `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (X11; Linux x86_64)"
$session.Cookies.Add((New-Object System.Net.Cookie("id", "abc", "/", "as.example")))
Invoke-WebRequest -UseBasicParsing -Uri "https://as.example/token" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"authority"="as.example"
  "method"="POST"
  "path"="/token"
  "scheme"="https"
  "accept"="*/*"
  "authorization"="Basic bTJtOnNoJGg="
  "sec-ch-ua"="\`"Chromium\`";v=\`"141\`""
} \`
-ContentType "application/x-www-form-urlencoded" \`
-Body "grant_type=client_credentials&scope=api"`
    expect(await read(text)).toMatchObject({
      proposals: [
        {
          config: {
            token_endpoint: 'https://as.example/token',
            client_id: 'm2m',
            client_secret: 'sh$h',
            scope: 'api',
            headers: [],
          },
        },
      ],
      ignored: [],
    })
  })

  it('a document: a table, then the call of an API with what came', async () => {
    const text = `# Get a token
$body = @{
    grant_type    = "client_credentials"
    client_id     = "m2m"
    client_secret = $env:CLIENT_SECRET
    scope         = "https://graph.example/.default"
}
$response = Invoke-RestMethod -Method Post -Uri "https://as.example/oauth2/v2.0/token" -Body $body
$token = $response.access_token
Invoke-RestMethod -Uri "https://graph.example/v1.0/users" -Headers @{ Authorization = "Bearer $token" }`
    expect(await read(text)).toMatchObject({
      proposals: [
        { kind: 'connection', config: { client_id: 'm2m', scope: 'https://graph.example/.default' } },
        {
          kind: 'call',
          call: { url: 'https://graph.example/v1.0/users', presentation: 'bearer' },
          token: null,
        },
      ],
      ignored: [
        expect.stringContaining('client_secret is in the variable CLIENT_SECRET') as string,
        expect.stringContaining('The page presents its own.') as string,
      ],
    })
  })

  test.each<[words: string, said: string]>([
    ['-Credential $c', 'does not have the credentials'],
    ['-Certificate $c', 'certificates of the client'],
    ['-SkipCertificateCheck', 'which certificates it accepts'],
    ['-Proxy http://p', 'own proxy'],
    ['-InFile x', 'does not have that file'],
    ['-Headers $h', '-Headers is in the variable h'],
    ["-Headers 'x'", 'no table'],
  ])('%s: it is said what is not used', async (words, said) => {
    expect(JSON.stringify(await read(`${iwr} ${words}`))).toContain(said)
  })
})

describe('a text of PowerShell', () => {
  test.each([
    "curl.exe -isS 'https://x.example/' `\n  -H 'a: b'",
    "PS C:\\Users\\x> curl.exe 'https://x.example/' -H 'a: b'",
    "$r = curl.exe 'https://x.example/' -H (\"a\" + ': b')",
    "# PowerShell 7.3 or later\n& curl.exe 'https://x.example/' -H 'a: b' | ConvertFrom-Json",
    'PS> Invoke-WebRequest https://x.example/ -Headers @{a="b"}',
    'PS C:\\> $x = Invoke-RestMethod `\r\n  -Uri "https://x.example/" `\r\n  -Headers @{a="b"}',
  ])('%j', async (text) => {
    expect(await read(text)).toMatchObject({
      proposals: [{ call: { url: 'https://x.example/', headers: [{ name: 'a', value: 'b' }] } }],
    })
  })

  test.each([
    'Invoke-RestMethod',
    'Use Invoke-RestMethod -Uri x',
    'irm',
    'Invoke-RestMethod is a cmdlet',
    '$a = 1',
  ])('%s is none', async (text) => {
    expect(await read(text)).toBeNull()
  })
})
