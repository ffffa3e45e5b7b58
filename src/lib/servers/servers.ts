import { emptyConfig, type TokenRequestConfig } from '../oauth/config.ts'
import { practiceOrigin } from '../practice/origin.ts'

/** A server the page knows how to start with. */
export interface Server {
  readonly id: string
  readonly name: string
  /** What it is and what it takes to reach it, in a sentence or two. */
  readonly about: string
  readonly config: TokenRequestConfig
}

const m2m = { ...emptyConfig, client_id: 'm2m', client_secret: 'password', scope: 'read' }

/** The servers to choose from, the practice server first. `localIssuer` is where `npm start` put its own server. */
export function serversFor(localIssuer: string): readonly Server[] {
  return [
    {
      id: 'practice',
      name: 'Practice server',
      about:
        'Runs inside this page: real keys, strict rules, no network. Nothing you send to it leaves the page.',
      config: {
        ...emptyConfig,
        token_endpoint: `${practiceOrigin}/token`,
        client_id: 'practice-client',
        client_secret: 'practice-secret',
        token_endpoint_auth_method: 'client_secret_basic',
        scope: 'read',
      },
    },
    {
      id: 'local',
      name: 'Local server of npm start',
      about: 'oidc-provider, started on this machine by npm start together with this page.',
      config: { ...m2m, token_endpoint: `${localIssuer}/token` },
    },
    {
      id: 'simpleidserver',
      name: 'SimpleIdServer tutorial',
      about:
        'The values of SimpleIdServer’s machine-to-machine tutorial. It must allow this page’s origin, and its certificate must be trusted.',
      config: { ...m2m, token_endpoint: 'https://localhost:5001/master/token' },
    },
    {
      id: 'own',
      name: 'Your own',
      about: 'Any token endpoint that allows this page’s origin.',
      config: emptyConfig,
    },
  ]
}
