import { vi } from 'vitest'
import type { Environment } from './environment.ts'

/** An environment in which nothing responds and nothing is kept. */
export const bareEnvironment: Environment = {
  clock: { now: () => 1_700_000_000_000, monotonic: () => 0 },
  transport: () => Promise.reject(new Error('nothing is sent here')),
  relay: null,
  prober: () => Promise.reject(new Error('nothing is probed here')),
  browser: { origin: 'http://localhost:4290', userAgent: 'test', languages: ['en'] },
  place: 'ordinary',
  address: 'http://localhost:4290/',
  store: { read: () => null, write: () => undefined, clear: () => undefined, follow: () => undefined },
  session: () =>
    Promise.resolve({
      read: () => null,
      write: () => undefined,
      clear: () => undefined,
      whenLeft: () => undefined,
    }),
  keyStore: null,
  forget: () => Promise.resolve(),
  localIssuer: 'http://localhost:9000',
  localApi: 'http://localhost:9001',
  nextToPage: () => Promise.resolve(null),
  whenNewer: () => undefined,
}

/** Waits for it on a busy machine, too, where a second is soon over. */
export const eventually = <T>(look: () => T | Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 20_000 })
