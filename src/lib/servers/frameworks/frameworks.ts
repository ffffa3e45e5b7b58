import { forOrigin, type Step } from '../../explanation/server-record.ts'
import { httpUrl } from '../../http/http-url.ts'
import { issuerOf } from '../../oauth/config/derived-values.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import type { ServerId } from '../servers.ts'
import { aspNet } from './asp-net.ts'
import { express } from './express.ts'
import type { Framework, FrameworkForm } from './framework.ts'
import { apache, nginx } from './proxies.ts'
import { fastMcp, mcpPython, mcpTypeScript } from './mcp.ts'
import { django, fastApi } from './python.ts'
import { spring } from './spring.ts'

/** In what a token endpoint or an API may be made; the order is that of the choice. */
export const frameworks = {
  spring,
  'asp-net': aspNet,
  django,
  fastapi: fastApi,
  express,
  'mcp-typescript': mcpTypeScript,
  'mcp-python': mcpPython,
  'mcp-fastmcp': fastMcp,
  nginx,
  apache,
} as const satisfies Readonly<Record<string, Framework>>

export type FrameworkId = keyof typeof frameworks

/** What an API next to a server of that kind is most often made with. */
export const usualFramework: Readonly<Partial<Record<ServerId, FrameworkId>>> = {
  local: 'express',
  simpleidserver: 'asp-net',
  helseid: 'asp-net',
  keycloak: 'spring',
  duende: 'asp-net',
  openiddict: 'asp-net',
  'oidc-provider': 'express',
  spring: 'spring',
  django: 'django',
  fastapi: 'fastapi',
}

/** What is to be set up: that the page may read responses, or all that an API has to do with a token besides. */
export type Topic = 'cors' | 'api'

/** A part of a guide, with its steps in order. */
export interface GuidePart {
  readonly title: string
  readonly steps: readonly Step[]
}

/**
 * How to set up what is at a URL, if it is made with that framework. The steps carry the page's origin, and the issuer and
 * the audience of the form; a value that the form does not hold is a placeholder.
 */
export function frameworkParts(id: FrameworkId, topic: Topic, form: FrameworkForm): readonly GuidePart[] {
  const { cors, token, dpop } = frameworks[id]
  const allowed = { title: 'Let this page call it (CORS)', steps: forOrigin(form.origin, cors(form)) }
  if (topic === 'cors') return [allowed]
  return [
    allowed,
    { title: 'What it checks of a token', steps: token(form) },
    { title: 'DPoP, and a POST without a cookie', steps: dpop },
  ]
}

/** What the steps are made of, by the form and the URL that the page calls. */
export function frameworkForm(config: TokenRequestConfig, url: string, origin: string): FrameworkForm {
  const called = httpUrl(url)
  const audience = config.resource[0] ?? (config.audience || called?.origin)
  return {
    origin,
    path: called?.pathname ?? '/',
    issuer: issuerOf(config) || 'https://issuer.example',
    audience: audience ?? 'https://api.example',
    scope: config.scope.split(' ').find((token) => token !== '') ?? 'mcp:tools',
  }
}
