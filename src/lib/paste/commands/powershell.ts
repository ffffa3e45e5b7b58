import type { HeaderList } from '../../http/message.ts'
import type { Kind } from '../kind.ts'
import { leftOpen } from '../pasted-fields.ts'
import { longest, type PastedRequest, proposed, type Refused, requestOf, tooLong } from '../pasted-request.ts'
import { unknownIn } from '../unknown.ts'
import { Cursor } from './cursor.ts'
import { curlRequests } from './curl-request.ts'
import { type Parameters, powerShellCalls } from './powershell-commands.ts'
import type { Table, Value } from './powershell-values.ts'
import { shellOf } from './shell.ts'

const what = 'a PowerShell command'

/** How far a call is looked for: further down it is part of something else. */
const farthest = 20_000

const call =
  /^[ \t]*(?:PS(?: [^\n>]{0,200})?>[ \t]*)?(?:\$[\w:]{1,100}[ \t]*=[ \t]*)?\(?[ \t]*(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=[ \t]+["'$@`-]|[ \t]+https?:)/im

/**
 * “Copy as PowerShell” of developer tools, what documents have, and curl.exe as PowerShell calls it.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest
 */
export const powerShell: Kind = {
  kind: 'powershell',
  read({ text }) {
    const isCurl = shellOf(text)?.shell === 'powershell'
    if (!isCurl && !call.test(text.slice(0, farthest))) return null
    if (text.length > longest) return tooLong(what)
    const found = powerShellRequests(text.replace(/^(?:PS(?: [^\n>]{0,200})?>[ \t]*|\$ )/gm, ''))
    return found.length === 0 ? null : proposed(what, found)
  },
}

/** The requests of a text of PowerShell. */
export const powerShellRequests = (text: string): readonly (PastedRequest | Refused)[] =>
  powerShellCalls(new Cursor(text)).flatMap((one) => {
    if ('refusal' in one) return [one]
    return one.program === 'curl' ? curlRequests(one) : [webRequest(one.parameters, one.session)]
  })

/** What Chromium copies of the fields of HTTP/2, without their colons. */
const pseudo = /^(?:authority|method|path|scheme)$/i

const formType = 'application/x-www-form-urlencoded'

/**
 * The request of Invoke-WebRequest or Invoke-RestMethod: a table as its body is a form, or the query with GET.
 * @param session header fields of its session, in lower case
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod
 */
function webRequest(parameters: Parameters, session: ReadonlyMap<string, string>): PastedRequest | Refused {
  const text = (name: string): string | undefined => {
    const value = valueOf(parameters, name)
    return typeof value === 'string' ? value : undefined
  }
  const method = (text('custommethod') ?? text('method') ?? 'GET').toUpperCase()
  const { fields, ignored } = fieldsOf(valueOf(parameters, 'headers'))
  const body = valueOf(parameters, 'body') ?? valueOf(parameters, 'form')
  const isForm = body !== undefined && typeof body !== 'string'
  const inQuery = isForm && /^(?:GET|HEAD)$/.test(method)
  const content = isForm ? formOf(body) : (body ?? null)
  const typed = text('contenttype') ?? fields.find(([name]) => /^content-type$/i.test(name))?.[1]
  const type = typed ?? (content !== null && method === 'POST' ? formType : undefined)
  const url = text('uri') ?? ''
  return requestOf({
    method,
    url: inQuery ? `${url}${url.includes('?') ? '&' : '?'}${content ?? ''}` : url,
    scheme: 'http',
    headers: [
      ...fields.filter(([name]) => !pseudo.test(name) && !/^content-type$/i.test(name)),
      ...(type === undefined || inQuery ? [] : [['Content-Type', type] as const]),
      ...credentialsOf(parameters),
      ...[...session].map(([name, value]) => [name, value] as const),
    ],
    body: inQuery ? null : content,
    hasCertificate: ['certificate', 'certificatethumbprint'].some((name) => parameters.has(name)),
    ignored: [...ignored, ...remarks.flatMap(([name, remark]) => (parameters.has(name) ? [remark] : []))],
  })
}

/** By the beginning of its name, as PowerShell accepts it. */
function valueOf(parameters: Parameters, name: string): Value | undefined {
  const found = parameters.get(name)
  if (found !== undefined) return found
  const [, value] = [...parameters].find(([typed]) => name.startsWith(typed)) ?? []
  return value
}

function fieldsOf(headers: Value | undefined): {
  readonly fields: HeaderList
  readonly ignored: readonly string[]
} {
  if (headers === undefined) return { fields: [], ignored: [] }
  if (typeof headers !== 'string')
    return {
      fields: headers.entries.flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      ),
      ignored: [],
    }
  return {
    fields: [],
    ignored: [
      unknownIn(headers).length > 0
        ? leftOpen('-Headers', headers)
        : '-Headers is no table, and is not used.',
    ],
  }
}

const formOf = ({ entries }: Table): string =>
  new URLSearchParams(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  ).toString()

/** `-Authentication Bearer -Token …`; what is in a secure string is not written out. */
function credentialsOf(parameters: Parameters): HeaderList {
  const token = valueOf(parameters, 'token')
  return typeof token === 'string' ? [['Authorization', `Bearer ${token}`]] : []
}

const remarks: readonly (readonly [name: string, remark: string])[] = [
  ['credential', '-Credential: the text does not have the credentials. Type them.'],
  ['skipcertificatecheck', '-SkipCertificateCheck: the browser decides which certificates it accepts.'],
  ['certificate', '-Certificate: the browser has the certificates of the client.'],
  ['infile', '-InFile: the page does not have that file, so that there is no body.'],
  ['proxy', '-Proxy: the browser has its own proxy.'],
  ['form', '-Form sends multipart/form-data. The page sends a form of names and values.'],
]
