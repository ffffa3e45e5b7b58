import type { HttpRequest } from '../http/message.ts'

/** What each shell and language treats as syntax of its own. */
export const hostile = 'p\'a"s$s`w\\o!r%d +&é'

const line = `two\nlines, ${hostile.replace('p', 'q')} %PATH% \${HOME} $(id) #{x} {0} \u2028 \u202E \\u0041 ‘ ’ ?> */ 😀`

/** All of Latin-1 but NUL, which no command can have. */
const latin = Array.from({ length: 255 }, (_, code) => String.fromCharCode(code + 1)).join('')

const encoded = (value: string): string => new URLSearchParams([['', value]]).toString().slice(1)

const form = ['content-type', 'application/x-www-form-urlencoded'] as const
const withCharset = ['content-type', 'application/x-www-form-urlencoded;charset=UTF-8'] as const
const json = ['Content-Type', 'application/json'] as const

const jsonSecret = JSON.stringify({ client_secret: hostile, note: line }, null, 2)

/** A request without its origin. */
export interface Case extends Omit<HttpRequest, 'url'> {
  readonly name: string
  readonly target: string
}

/** What is in the environment of every program. */
export const environment: Readonly<Record<string, string>> = {
  CLIENT_SECRET: hostile,
  CLIENT_ASSERTION: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln',
  AUTHORIZATION: 'bTJtOnM=',
  DPOP: 'eyJhbGciOiJFUzI1NiJ9.e30.cHJvb2Y',
  API_KEY: '1st & only',
  API_KEY_2: '2nd',
  TOKEN: 'a%20b%7e',
  CODE: 'hid%64en',
  BODY: jsonSecret,
  X_API_KEY: `k'e"y $HOME \`id\` %PATH% \\ ^ & | <x> !y`,
  SUBJECT_VALUE: 'eyJhbGciOiJub25lIn0.e30.',
}

/** What is in no snippet unless the secrets are shown. */
export const secretTexts: readonly string[] = Object.values(environment).flatMap((value) => [
  value,
  encoded(value),
  JSON.stringify(value).slice(1, -1),
])

const { AUTHORIZATION = '', DPOP = '', CLIENT_ASSERTION = '', SUBJECT_VALUE = '' } = environment

/** Every kind of request that the page sends, with what is hard to quote. */
export const cases: readonly Case[] = [
  {
    name: 'a form with secrets, fields that repeat or are empty',
    method: 'POST',
    target: '/token',
    headers: [
      ['accept', 'application/json'],
      ['authorization', `Basic ${AUTHORIZATION}`],
      ['DPoP', DPOP],
      form,
      ['X-Own', hostile.replace(' +&é', '^<|>;')],
      ['X-Empty', ''],
      ['X-Twice', 'one'],
      ['X-Twice', 'two'],
      ['X-Api-Key', environment['X_API_KEY'] ?? ''],
    ],
    body: [
      'grant_type=client_credentials',
      'resource=https%3A%2F%2Fapi.example%2Fone',
      'resource=https%3A%2F%2Fapi.example%2Ftwo',
      `note=${encoded(line)}`,
      `client_secret=${encoded(hostile)}`,
      `client_assertion=${CLIENT_ASSERTION}`,
      `subject=${SUBJECT_VALUE}`,
    ].join('&'),
  },
  {
    name: 'a form that is not as a browser writes it',
    method: 'PATCH',
    target: '/form',
    headers: [withCharset],
    body: '&a=b%2fc&&=&x&api_key=1st+%26+only&token=a%20b%7e&api_key=2nd&c=&',
  },
  { name: 'JSON', method: 'PUT', target: '/json', headers: [json], body: JSON.stringify({ line, at: [] }) },
  {
    name: 'text of several lines',
    method: 'POST',
    target: '/text',
    headers: [['content-type', 'text/plain']],
    body: line,
  },
  { name: 'text with controls and signs', method: 'POST', target: '/all', headers: [], body: latin },
  { name: 'JSON with a secret', method: 'POST', target: '/secret', headers: [json], body: jsonSecret },
  {
    name: 'GET with brackets, escapes and a secret in the URL',
    method: 'GET',
    target: "/a%2Fb/c%7Ed;v='1'/*!$()@:,?filter[name]=%41%5b%20&code=hid%64en&q=%27a%27+b&empty=&=&//",
    headers: [['authorization', `Bearer ${AUTHORIZATION}`]],
    body: null,
  },
  { name: 'GET without fields', method: 'GET', target: '/', headers: [], body: null },
  {
    name: 'a URL that few parsers take',
    method: 'GET',
    target: '/a|b%zz?x={y}|%&code=hid%64en',
    headers: [],
    body: null,
  },
  { name: 'HEAD', method: 'HEAD', target: '/head', headers: [['accept', '*/*']], body: null },
  { name: 'DELETE', method: 'DELETE', target: '/one', headers: [json, ['If-Match', '"etag"']], body: null },
  { name: 'POST without a body', method: 'POST', target: '/none', headers: [['accept', '*/*']], body: null },
  { name: 'a method of its own', method: 'PURGE', target: '/%E2%82%AC', headers: [], body: null },
]

/** The case as it is recorded. */
export function requestTo(origin: string, { method, target, headers, body }: Case): HttpRequest {
  return { method, url: origin + target, headers, body }
}
