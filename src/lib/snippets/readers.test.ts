import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../http/message.ts'
import { cases, environment, hostile, requestTo, secretTexts } from './cases-testing.ts'
import { cmdQuoted } from './curl-cmd.ts'
import { powerShellQuoted } from './curl-powershell.ts'
import {
  cmdArguments,
  csharpRequest,
  expandedByCurl,
  httpFileRequest,
  powerShellWords,
} from './readers-testing.ts'
import type { Secrets } from './renderer.ts'
import { renderers } from './renderers.ts'

/** The request that curl makes of what it is given. A variable is encoded with %20 instead of +. */
function requestOfCurl([program, ...options]: readonly string[]): HttpRequest {
  expect(program).toBe('curl.exe')
  const takes: Record<string, string[]> = {}
  let url = ''
  let head = false
  for (let index = 0; index < options.length; index += 1) {
    const option = options[index] ?? ''
    if (option === '-isS' || option === '-g') continue
    if (option === '-I') head = true
    else if (option.startsWith('-')) (takes[option] ??= []).push(options[(index += 1)] ?? '')
    else url = option
  }
  const {
    '-X': method,
    '-H': fields = [],
    '--header': more = [],
    '--data-raw': data,
    '--url': [address = url] = [],
  } = takes
  return {
    method: head ? 'HEAD' : (method?.[0] ?? (data ? 'POST' : 'GET')),
    url: address,
    headers: [...fields, ...more].map((field) => {
      const [, name = '', value = ''] = /^([^:;]+)(?:: (.*)|;)$/s.exec(field) ?? []
      return [name, value]
    }),
    body: data?.join('&') ?? null,
  }
}

/** `--data-urlencode` is `--data-raw` with what follows the `=` encoded. */
const encodedByCurl = (words: readonly string[]): string[] =>
  words.map((word, index) => {
    if (word === '--data-urlencode') return '--data-raw'
    if (words[index - 1] !== '--data-urlencode') return word
    const [, name = '', value = ''] = /^([^=]*=)(.*)$/s.exec(word) ?? []
    return name + new URLSearchParams([['', value]]).toString().slice(1)
  })

const readers = {
  curlCmd: (text) => requestOfCurl(expandedByCurl(cmdArguments(text, environment), environment)),
  curlPowerShell: (text) => requestOfCurl(encodedByCurl(powerShellWords(text, environment))),
  csharp: (text) => csharpRequest(text, environment),
  // Its variables hold what is sent.
  httpFile: (text) =>
    httpFileRequest(text, {
      ...environment,
      CLIENT_SECRET: new URLSearchParams([['', hostile]]).toString().slice(1),
      API_KEY: '1st+%26+only',
    }),
} as const satisfies Readonly<Partial<Record<keyof typeof renderers, (text: string) => HttpRequest>>>

/** Fields in the order of their names, the body with one spelling of a space. */
function comparable({ headers, body, ...request }: HttpRequest): object {
  const isForm = headers.some(([, value]) => value.includes('x-www-form-urlencoded'))
  return {
    ...request,
    headers: headers.map((field) => field.join(': ')).sort(),
    body: isForm ? body?.replaceAll('%20', '+') : body,
  }
}

describe.each(Object.entries(readers))(
  '%s, read back by the rules of its shell or language',
  (name, read) => {
    const { render } = renderers[name as keyof typeof readers]
    const tries = (['shown', 'variables'] as const).flatMap((secrets) =>
      cases.map((one) => [secrets, one.name, one] as const),
    )

    it.each(tries)('secrets %s: %s', (secrets: Secrets, _name, one) => {
      const request = requestTo('https://as.example', one)
      const text = render({ request }, secrets)
      if (secrets === 'variables') for (const secret of secretTexts) expect(text).not.toContain(secret)
      expect(comparable(read(text))).toEqual(comparable(request))
    })
  },
)

const characters = '\'"`$%^&|<>()!\\/ \n\t;,=@#{}[]*?~+-‘’‚‛éaB0😀'
const anything = fc.string({ unit: fc.constantFrom(...Array.from(characters)), maxLength: 30 })

describe('a text comes out as it went in', () => {
  it('of cmd.exe and of the runtime behind it', () => {
    fc.assert(
      fc.property(fc.array(anything), (texts) => {
        const line = ['curl.exe', ...texts.map(cmdQuoted)].join(' ^\n  ')
        expect(cmdArguments(line, { A: 'x', B: 'y', AB: 'z', '0': 'n' })).toEqual(['curl.exe', ...texts])
      }),
    )
  })

  it('of PowerShell', () => {
    fc.assert(
      fc.property(fc.array(anything), (texts) => {
        expect(powerShellWords(texts.map(powerShellQuoted).join(' `\n  '), {})).toEqual(texts)
      }),
    )
  })
})
