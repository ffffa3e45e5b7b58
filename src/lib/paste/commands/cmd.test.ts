import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { unknown } from '../unknown.ts'
import { cmd, cmdRequests } from './cmd.ts'

const read = async (text: string) => cmd.read({ text, document: undefined })

function first(text: string) {
  const [found] = cmdRequests(text)
  if (found === undefined || 'refusal' in found) throw new Error(found?.refusal ?? 'No request')
  return found.request
}

/** How Chromium and Firefox quote a word: escapeStringWin of NetworkLogView.ts in devtools-frontend. */
const chromium = (text: string): string =>
  `^"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
    .replace(/%(?=[a-zA-Z0-9_])/g, '%^')
    .replace(/\r?\n/g, '^\n\n')}^"`

describe('the words of cmd.exe', () => {
  test.each<[word: string, body: string]>([
    ['^"a^"', 'a'],
    ['"a b"', 'a b'],
    ['a^ b', 'a'],
    ['^"a^\\^"b^\\^"^"', 'a"b"'],
    ['"a\\"b"', 'a"b'],
    ['"a""b"', 'a"b'],
    ['"a\\\\"', 'a\\'],
    ['"a\\b"', 'a\\b'],
    ['^"a^&b^|c^<d^>e^^^"', 'a&b|c<d>e^'],
    ['"a^b&c"', 'a^b&c'],
    ['^"a^%^7Bb^%^7D^"', 'a%7Bb%7D'],
    ['"a%20b%C3%A9%2F"', 'a%20b%C3%A9%2F'],
    ['"100%%"', '100%'],
    ['^"a^\n\nb^"', 'a\nb'],
    ['^"a^\r\n\r\nb^"', 'a\nb'],
    ['^"^{^\\^"a^\\^":1^}^"', '{"a":1}'],
    ['"it\'s"', "it's"],
    ['"%SECRET%"', unknown('SECRET')],
    ['"a=%SECRET:x=y%"', `a=${unknown('SECRET')}`],
    ['a & echo b', 'a'],
    ['a | more', 'a'],
    ['a > out.txt', 'a'],
    ['a ^\r\n  -s', 'a'],
  ])('-d %j', (word, body) => {
    expect(first(`curl https://x.example/ -d ${word}`)).toMatchObject({ body })
  })

  it('as Chromium quotes them, for any text', () => {
    const signs = fc.constantFrom(...Array.from('\'"`$%^&|<>()!\\/ \n\t;,=@#{}[]*?~+-:A0_é😀'))
    const text = fc.oneof(fc.string({ unit: signs }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(text, (one) => {
        // NUL is in no command, and of the two line breaks there is one. Chromium doubles each backslash, and
        // programs halve those before a quote only.
        const body = one.replace(/[\0\r]|\\(?!\\*")/g, '')
        const command = `curl ^"https://x.example/^" ^\n  --data-raw ${chromium(body)}`
        expect(first(command)).toMatchObject({ body })
      }),
    )
  })
})

describe('a text of cmd.exe', () => {
  it('Chromium, “Copy as cURL (cmd)”', async () => {
    const text = [
      'curl ^"https://as.example/token^" ^',
      '  -H ^"accept: */*^" ^',
      '  -H ^"content-type: application/x-www-form-urlencoded^" ^',
      '  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"141^\\^"^" ^',
      '  --data-raw ^"grant_type=client_credentials^&client_id=m2m^&client_secret=a^%^26b^"',
    ].join('\r\n')
    expect(await read(text)).toMatchObject({
      what: 'a curl command, as cmd.exe reads it',
      proposals: [{ config: { client_id: 'm2m', client_secret: 'a&b', headers: [] } }],
      ignored: [],
    })
  })

  it('Chromium, “Copy all as cURL (cmd)”: several', async () => {
    const text =
      'curl ^"https://a.example/^" ^\r\n  -X ^"DELETE^" ^\r\n  -H ^"a: b^" &\r\ncurl ^"https://b.example/^"'
    expect(await read(text)).toMatchObject({
      proposals: [{ name: 'DELETE a.example/' }, { name: 'GET b.example/' }],
    })
  })

  it.each([
    'C:\\Users\\x y>curl.exe -d "a=b" https://x.example/',
    'rem a comment\nset HOST=x.example\ncurl.exe -d "a=b" https://%HOST%/',
    '@echo off\r\nset "HOST=x.example"\r\ncurl.exe -d "a=b" https://%host%/',
    'C:\\Windows\\System32\\curl.exe -d "a=b" ^\r\n  https://x.example/',
  ])('%j', async (text) => {
    expect(await read(text)).toMatchObject({
      proposals: [{ call: { url: 'https://x.example/', body: 'a=b' } }],
    })
  })

  it('of which the end is missing is refused', async () => {
    expect(await read('curl.exe ^"https://x.example/^" -H ^"a: b')).toEqual({
      what: 'a curl command, as cmd.exe reads it',
      refusal: 'The command ends inside quotes. Paste all of it.',
    })
  })

  it('with a line break in a header field is refused', async () => {
    expect(await read('curl ^"https://x.example/^" -H ^"a: b^\n\nc: d^"')).toMatchObject({
      refusal: expect.stringContaining('could hide another header field') as string,
    })
  })
})
