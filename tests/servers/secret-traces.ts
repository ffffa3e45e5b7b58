import type { RecordedRequest } from './fault-server.ts'

/** The requests that carry the secret: as it is, encoded as in a URL or a form, or in base64, as Basic has it. */
export function carriersOf(secret: string, records: readonly RecordedRequest[]): RecordedRequest[] {
  return records.filter((request) => textsOf(request).some((text) => readings(text).includes(secret)))
}

/**
 * What is wrong with where the secret went, in words; nothing is if only token requests carry it: POSTs to the
 * endpoint, no more than were asked for, before anything else but their preflights.
 */
export function leaksOf(secret: string, records: readonly RecordedRequest[], posts: number): string[] {
  const carriers = carriersOf(secret, records)
  const last = records.findLastIndex((request) => carriers.includes(request))
  const before = records.slice(0, Math.max(last, 0))
  return [
    ...carriers
      .filter(({ method, url }) => method !== 'POST' || url !== '/token')
      .map(({ method, url }) => `the secret is in ${method} ${url}`),
    ...(carriers.length > posts
      ? [`the secret was sent ${carriers.length} times, and asked for ${posts} times`]
      : []),
    ...before
      .filter((request) => !carriers.includes(request) && request.method !== 'OPTIONS')
      .map(({ method, url }) => `the secret was sent again after ${method} ${url}`),
  ]
}

const textsOf = ({ url, headers, body }: RecordedRequest): string[] => [
  url,
  ...headers.map(([name, value]) => `${name}: ${value}`),
  body.toString(),
]

/** Every way to read a text, as one. */
function readings(text: string): string {
  const decoded = [...text.matchAll(/[\w+/-]{8,}={0,2}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString(),
  )
  return [text, ...decoded]
    .flatMap((each) => [each, unescaped(each), unescaped(each.replaceAll('+', ' '))])
    .join('\n')
}

const unescaped = (text: string): string =>
  text.replace(/(%[\dA-F]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
