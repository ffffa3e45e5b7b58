import type { Stage } from '../../../explanation/stage.ts'
import type { TokenRequestConfig } from '../../../oauth/config/config.ts'
import type { Past } from './facts.ts'

/** The stage at which a member of the form is checked. */
const stages: Readonly<Partial<Record<keyof TokenRequestConfig, Stage>>> = {
  token_endpoint: 'route',
  client_id: 'client',
  client_secret: 'secret',
  token_endpoint_auth_method: 'method',
  basic_encoding: 'secret',
  content_type_charset: 'form',
  assertion: 'assertion',
  dpop: 'binding',
  clock_skew: 'assertion',
  scope: 'scope',
  resource: 'resource',
  audience: 'resource',
  authorization_details: 'scope',
}

/** Where a request may stop that worked before, by what differs since. */
export const changedStages = ({ worked }: Past): ReadonlySet<Stage> =>
  new Set(worked?.since.flatMap((name) => stages[name] ?? []))
