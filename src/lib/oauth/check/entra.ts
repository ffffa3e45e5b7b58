import { httpUrl } from '../../http/http-url.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { scopeTokens } from '../config/config.ts'
import { use } from '../../text/around.ts'
import type { Remark } from './problem.ts'

/** The hosts of Entra ID: of all clouds, and of its directories for customers. */
const hosts =
  /^(login\.microsoftonline\.(com|us|de)|login\.partner\.microsoftonline\.cn|login\.chinacloudapi\.cn|login\.windows\.net|sts\.windows\.net|[\w-]+\.(b2clogin|ciamlogin)\.com)$/i

const graph = 'https://graph.microsoft.com/.default'

/** Whether the token endpoint is one of Entra ID. */
export function isEntra({ token_endpoint }: TokenRequestConfig): boolean {
  return hosts.test(httpUrl(token_endpoint.trim())?.hostname ?? '')
}

export const isGuid = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text.trim())

/** Entra ID accepts one scope of this grant, that of an API with `/.default` (AADSTS1002012, AADSTS70011). */
export function entraScope(value: string, config: TokenRequestConfig): Remark | null {
  if (!isEntra(config) || !/\/v2\.0\//i.test(config.token_endpoint)) return null
  const names = scopeTokens(value)
  const [first] = names
  if (first === undefined)
    return {
      level: 'note',
      message: 'Entra ID demands a scope: the URI of the API with /.default at its end (AADSTS900144).',
      fix: { label: use(graph), value: graph },
    }
  if (names.length === 1 && /\/\.default$/.test(first)) return null
  const wanted = names.find((name) => /\/\.default$/.test(name)) ?? defaultOf(first)
  const message =
    names.length > 1
      ? 'Entra ID accepts one scope here: that of one API, with /.default at its end.'
      : 'Entra ID accepts no single permission here: the scope is the URI of the API with /.default at its end.'
  return { level: 'warning', message, fix: { label: use(wanted), value: wanted } }
}

/** The scope of the API that a permission is of: the URI before its last part; without one it is of Microsoft Graph. */
function defaultOf(scope: string): string {
  const trimmed = scope.replace(/\/+$/, '')
  if (isGuid(trimmed)) return `${trimmed}/.default`
  const [, api, rest = ''] = /^([a-z][\w+.-]*:\/\/[^/]+)(\/.*)?$/i.exec(trimmed) ?? []
  if (api === undefined) {
    const [, id, permission] = /^([\da-f-]{36})\/(.+)$/i.exec(trimmed) ?? []
    return id !== undefined && permission !== undefined ? `${id}/.default` : graph
  }
  return `${api}${rest.replace(/\/[^/]*$/, '')}/.default`
}
