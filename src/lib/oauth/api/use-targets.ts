import { practiceApis } from '../../practice/apis/apis.ts'
import { emptyApiCall, type ApiCall } from '../config/api-call.ts'
import { helseIdApi } from './helseid-api.ts'

/** An API that is ready to be called. */
export interface UseTarget {
  readonly name: string
  /** What it is, and what it wants of a token. */
  readonly about: string
  readonly call: ApiCall
}

/** The APIs that go with the tokens of a kind of server; `localApi` is the origin of the one of `npm start`. */
export function useTargets(guide: string, localApi: string): readonly UseTarget[] {
  return (targets[guide] ?? none)(localApi)
}

/** Where the id would read like a button of the page. */
const names: Readonly<Partial<Record<string, string>>> = { introspected: 'asks the server' }

const none = (): readonly UseTarget[] => []

const targets: Readonly<Record<string, (localApi: string) => readonly UseTarget[]>> = {
  practice: () =>
    practiceApis.map(({ id, url, method, description, wants, schemes }) => ({
      name: names[id] ?? id,
      about: `${description} It wants: ${wants}.`,
      call: {
        ...emptyApiCall,
        url,
        method,
        body: method === 'POST' ? '{"hello": "API"}' : '',
        presentation: schemes.includes('Bearer') ? 'bearer' : 'dpop',
      },
    })),
  local: (origin) =>
    local.map(({ name, about }) => ({ name, about, call: { ...emptyApiCall, url: `${origin}/${name}` } })),
  helseid: () => [
    {
      name: 'Sample API',
      about: 'HelseID’s Sample API on this machine. It allows no page to read its answers (no CORS).',
      call: { ...emptyApiCall, url: helseIdApi.url, presentation: 'dpop' },
    },
  ],
}

const local = [
  { name: 'greeting', about: 'It wants the scope read.' },
  {
    name: 'reports',
    about: 'A resource of its own: ask for the token with its address as resource. It wants the scope read.',
  },
  { name: 'admin', about: 'It wants the scope admin, which no client may have: 403.' },
] as const
