import { encodeBase64 } from '../../encoding/base64.ts'
import type { HeaderList } from '../../http/message.ts'
import { named } from '../pasted-fields.ts'
import { type Draft, type PastedRequest, type Refused, requestOf } from '../pasted-request.ts'
import { addedQuery, curlData, multipart } from './curl-data.ts'
import { type CurlArguments, curlArguments, type CurlOption, expandOptions } from './curl-options.ts'

/** What a shell hands to curl. */
export interface CurlCommand {
  /** After the name of the program. */
  readonly words: readonly string[]
  /** What is written to it; `null` if that is not known. */
  readonly stdin: string | null
  /** What of the command the shell does not hand to it, in sentences. */
  readonly ignored?: readonly string[]
}

/** The requests of a command: one, or several with `--next` between. @see https://curl.se/docs/manpage.html */
export function curlRequests({
  words,
  stdin,
  ignored = [],
}: CurlCommand): readonly (PastedRequest | Refused)[] {
  return curlArguments(words)
    .map((part) => requestOfPart(part, stdin))
    .map((one) => ('refusal' in one ? one : { ...one, ignored: [...ignored, ...one.ignored] }))
}

function requestOfPart(
  { options: typed, urls, unknown, incomplete }: CurlArguments,
  stdin: string | null,
): PastedRequest | Refused {
  if (incomplete !== null)
    return { refusal: `The command ends after ${incomplete}, which has to have a value.` }
  const options = expandOptions(typed)
  const all = (name: string) => options.filter((option) => option.name === name).map(({ value }) => value)
  const has = (name: string) => options.some((option) => option.name === name)
  const addresses = [...urls, ...all('url')]
  const [first] = addresses
  if (first === undefined) return { refusal: 'The command has no URL.' }
  const form = multipart(options)
  const data = curlData(options, stdin)
  const query = addedQuery(options)
  const body = has('get') ? null : (data.text ?? form.text)
  const address = curlUrl(first, has('globoff'), [query.text, has('get') ? data.text : null])
  if ('refusal' in address) return address
  return requestOf({
    method: methodOf(options, body !== null),
    url: address.url,
    scheme: 'http',
    headers: fieldsOf(options, body !== null, data.text !== null),
    body,
    hasCertificate: has('cert'),
    ignored: [
      ...(addresses.length > 1 ? ['The command has more than one URL. The first is used.'] : []),
      ...data.ignored,
      ...form.ignored,
      ...query.ignored,
      ...remarksOf(options),
      ...(unknown.length > 0 ? [`curl has no option ${named(unknown)}.`] : []),
    ],
  } satisfies Draft)
}

/** A range of numbers or letters, for which curl makes several URLs. */
const range = /^\[(?:\d+-\d+|[a-zA-Z]-[a-zA-Z])(?::\d+)?\]/

/**
 * The URL of a command. curl makes several URLs of lists in braces and of ranges in brackets, and reads a backslash before
 * a brace or a bracket as an escape. Braces with one name in them are a placeholder, which no server has.
 * @param isPlain whether braces and brackets have no meaning: `--globoff`
 * @param added what goes into the query
 * @see https://curl.se/docs/manpage.html
 */
function curlUrl(
  written: string,
  isPlain: boolean,
  added: readonly (string | null)[],
): { readonly url: string } | Refused {
  const several = { refusal: 'curl makes several URLs of the braces or brackets in this one. Write one URL.' }
  if (!isPlain) {
    const unescaped = written.replace(/\\[[\]{}]/g, '')
    if (/\{[^{},]*,[^{}]*\}/.test(unescaped)) return several
    const bracket = unescaped.indexOf('[')
    if (bracket >= 0 && range.test(unescaped.slice(bracket, bracket + 100))) return several
  }
  const plain = isPlain ? written : written.replace(/\\([[\]{}])/g, '$1')
  const query = added.filter((text) => text !== null && text !== '').join('&')
  if (query === '') return { url: plain }
  const [before = ''] = plain.split('#', 1)
  return { url: before + (before.includes('?') ? (/[?&]$/.test(before) ? '' : '&') : '?') + query }
}

/** @see https://curl.se/docs/manpage.html#-X */
function methodOf(options: readonly CurlOption[], hasBody: boolean): string {
  const typed = options.findLast(({ name }) => name === 'request')?.value
  const has = (name: string) => options.some((option) => option.name === name)
  if (typed !== undefined) return typed
  if (has('head')) return 'HEAD'
  if (has('upload-file')) return 'PUT'
  return hasBody ? 'POST' : 'GET'
}

/** The header fields of the command, and those that curl adds and the page would not. */
function fieldsOf(options: readonly CurlOption[], hasBody: boolean, hasData: boolean): HeaderList {
  const typed = options.filter(({ name }) => name === 'header').map(({ value }) => fieldOf(value))
  const fields = typed.flatMap((field) =>
    field === null || field[1] === null ? [] : [[field[0], field[1]] as const],
  )
  // A field without a value is one that curl is not to add.
  const isTyped = (name: string) => typed.some((field) => field?.[0].toLowerCase() === name)
  const last = (name: string) => options.findLast((option) => option.name === name)?.value
  const bearer = last('oauth2-bearer')
  const user = last('user')
  const json = last('json')
  const added: HeaderList = [
    ...(user === undefined ? [] : [['Authorization', `Basic ${base64(user)}`] as const]),
    ...(bearer === undefined ? [] : [['Authorization', `Bearer ${bearer}`] as const]),
    ...(json === undefined ? [] : [['Accept', 'application/json'] as const]),
    ...(hasBody
      ? [
          [
            'Content-Type',
            json !== undefined
              ? 'application/json'
              : hasData
                ? 'application/x-www-form-urlencoded'
                : 'multipart/form-data',
          ] as const,
        ]
      : []),
    ...options.filter(({ name }) => name === 'cookie').map(({ value }) => ['Cookie', value] as const),
  ]
  return [...fields, ...added.filter(([name]) => !isTyped(name.toLowerCase()))]
}

/** Name and value; `null` for a value that is to be left out. What has neither is no field at all. */
function fieldOf(text: string): readonly [name: string, value: string | null] | null {
  const [, name = '', value = ''] = /^([^:;]+):(.*)$/s.exec(text) ?? []
  const content = value.trim()
  if (name !== '') return [name, content === '' ? null : content]
  const [, empty] = /^([^:;]+);[ \t]*$/.exec(text) ?? []
  return empty === undefined ? null : [empty, '']
}

const base64 = (text: string): string => encodeBase64(new TextEncoder().encode(text))

/** What is said of options that the page does not follow. */
const remarks: readonly (readonly [names: RegExp, remark: string])[] = [
  [/^insecure$/, '--insecure: the browser decides which certificates it accepts.'],
  [
    /^(?:cert|key|pass|cert-type|key-type)$/,
    '--cert and --key: the browser has the certificates of the client.',
  ],
  [/^(?:proxy.*|preproxy|socks.*|noproxy)$/, '--proxy: the browser has its own proxy.'],
  [/^(?:location|location-trusted|follow)$/, '--location: the page shows a redirect and does not follow it.'],
  [
    /^(?:digest|ntlm|ntlm-wb|negotiate|anyauth|aws-sigv4)$/,
    '--digest, --ntlm, --negotiate and --aws-sigv4: the page has no such authentication.',
  ],
  [/^netrc.*$/, '--netrc: the page does not have that file. Type the credentials.'],
  [/^config$/, '--config: the page does not have that file, and its options are not used.'],
  [
    /^(?:resolve|connect-to|unix-socket|abstract-unix-socket|interface|dns-.*|doh-.*)$/,
    '--resolve, --connect-to and the like: the browser finds the server by the host of the URL.',
  ],
  [/^(?:cacert|capath|pinnedpubkey)$/, '--cacert: the browser has its own list of authorities.'],
  [/^upload-file$/, '--upload-file: the page does not have that file, so that there is no body.'],
  [
    /^(?:range|time-cond|etag-compare|request-target|continue-at)$/,
    '--range, --time-cond, --etag-compare and --request-target are not used.',
  ],
]

function remarksOf(options: readonly CurlOption[]): readonly string[] {
  const headers = options.filter(({ name }) => name === 'header').map(({ value }) => value)
  const names = new Set(options.map(({ name }) => name))
  const isOverridden = names.has('user') && headers.some((value) => /^authorization:[ \t]*\S/i.test(value))
  return [
    ...remarks
      .filter(([pattern]) => [...names].some((name) => pattern.test(name)))
      .map(([, remark]) => remark),
    ...(isOverridden ? ['--user: the header field Authorization is used, as curl does.'] : []),
    ...(headers.some((value) => value.startsWith('@'))
      ? ['--header reads a file, which the page does not have.']
      : []),
    ...(headers.some((value) => !/^@|[:;]/.test(value))
      ? ['--header without a colon is not used: curl does not send it.']
      : []),
  ]
}
