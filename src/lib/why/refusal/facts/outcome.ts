import { asNumber, asString, type JsonValue } from '../../../json/value.ts'

/** What each status is called, in small letters alone, by its present name and by older ones. @see RFC 9110 section 15 */
const phrases: Readonly<Record<number, readonly string[]>> = {
  400: ['badrequest'],
  401: ['unauthorized', 'unauthorised'],
  403: ['forbidden'],
  404: ['notfound', 'pagenotfound', 'resourcenotfound'],
  405: ['methodnotallowed'],
  406: ['notacceptable'],
  408: ['requesttimeout'],
  409: ['conflict'],
  410: ['gone'],
  411: ['lengthrequired'],
  413: ['payloadtoolarge', 'contenttoolarge', 'requestentitytoolarge'],
  414: ['uritoolong', 'requesturitoolong'],
  415: ['unsupportedmediatype'],
  421: ['misdirectedrequest'],
  422: ['unprocessableentity', 'unprocessablecontent'],
  429: ['toomanyrequests'],
  431: ['requestheaderfieldstoolarge'],
  500: ['internalservererror', 'internalerror'],
  501: ['notimplemented'],
  502: ['badgateway'],
  503: ['serviceunavailable'],
  504: ['gatewaytimeout'],
}

/**
 * Whether a text is no more than the status in words ("Not Found", `not_found`): a framework writes that in its error
 * page, and it is no code. @see RFC 9110 section 15
 */
export const isReasonPhrase = (text: string, status: number): boolean =>
  phrases[status]?.includes(text.toLowerCase().replace(/[^a-z]/g, '')) ?? false

/** Members that are there, and not empty, in a refusal alone. */
const faulty = /^(errors?|err|fault|exception|err_?code|err_?msg|error_?(code|message|description|summary))$/i

const failing = /^(error|errors|fail|failed|failure|ko|nok|denied|unauthorized|forbidden|invalid)$/i

/** Whether a member says that the request failed: `ok: false`, `status: "error"`, `errcode: 40001`. */
function fails(name: string, value: JsonValue): boolean {
  const text = asString(value)
  const number = asNumber(value)
  if (/^(ok|success|succeeded|is_?success)$/i.test(name))
    return (value.kind === 'literal' && value.value === false) || text === 'false'
  if (/^(status|result|state|code)$/i.test(name))
    return failing.test(text ?? '') || (number ?? 0) >= 400 || /^[45]\d\d$/.test(text ?? '')
  if (!faulty.test(name)) return false
  if (value.kind === 'object') return value.members.length > 0
  if (value.kind === 'array') return value.items.length > 0
  if (value.kind === 'literal') return value.value === true
  return number === undefined ? (text ?? '') !== '' && text !== '0' : number !== 0
}

/**
 * Whether a body refuses all the same although its status does not: services that put every outcome into a 200 say so in
 * a member. A bare text does that if it begins with such a word. @see RFC 6749 section 5.2
 */
export const refusesIn = (body: JsonValue | null, text: string): boolean =>
  body?.kind === 'object'
    ? body.members.some(({ key, value }) => fails(key, value))
    : body?.kind === 'array'
      ? body.items.slice(0, 1).some((item) => refusesIn(item, ''))
      : /^\s*(error|fault|fail(ed|ure)?|invalid|unauthorized|access denied|forbidden)\b/i.test(text)
