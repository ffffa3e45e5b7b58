import { engineOf } from '../lib/http/engine.ts'
import { permissionNames, type Evidence } from '../lib/why/evidence/evidence.ts'
import type { Prober } from '../lib/why/probes/prober.ts'
import type { Exchange, Observation } from '../lib/http/message.ts'
import { abortedBy } from '../lib/http/transport.ts'

/** What this browser shows. */
export function browserProber(): Prober {
  // The default of 250 entries is soon used up, and what comes after it is not kept.
  performance.setResourceTimingBufferSize(10_000)
  return {
    facts: () => ({
      origin: self.origin,
      engine: engineOf(navigator.userAgent),
      secureContext: isSecureContext,
      online: navigator.onLine,
    }),
    socket: ({ url }, signal) => openSocket(url, signal),
    timing: resourceTiming,
    watchPolicy: (found, signal) => {
      addEventListener(
        'securitypolicyviolation',
        ({ effectiveDirective, blockedURI }) => {
          found({ directive: effectiveDirective, blocked: blockedURI })
        },
        { signal },
      )
    },
    watchPermission: async (space, found, signal) => {
      const status = await permission(permissionNames[space])
      if (!status || signal.aborted) return
      const report = (): void => {
        found(status.state)
      }
      report()
      status.addEventListener('change', report, { signal })
    },
  }
}

/** A browser that does not know the name throws. */
async function permission(name: string): Promise<{
  readonly state: Exclude<Evidence['permission'], null>
  readonly addEventListener: PermissionStatus['addEventListener']
} | null> {
  try {
    return await navigator.permissions.query({ name: name as PermissionName })
  } catch {
    return null
  }
}

function openSocket(url: string, signal: AbortSignal): Promise<Observation> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    const settle = (outcome: Observation['outcome']): void => {
      signal.removeEventListener('abort', abort)
      resolve({ outcome, serverView: null })
    }
    const abort = (): void => {
      settle({ kind: 'aborted', by: abortedBy(signal), partial: null })
      socket.close()
    }
    signal.addEventListener('abort', abort)
    socket.onopen = () => {
      socket.close()
    }
    socket.onclose = ({ code }) => {
      settle({ kind: 'failure', name: 'CloseEvent', message: String(code), partial: null })
    }
  })
}

/** The entry comes a moment after the fetch has failed. */
async function resourceTiming({ request, startedAt, duration }: Exchange): Promise<number | undefined> {
  const leeway = 20
  await new Promise((resolve) => setTimeout(resolve, leeway))
  const sinceOrigin = startedAt - performance.timeOrigin
  const entry = performance
    .getEntriesByName(request.url, 'resource')
    .findLast(
      ({ startTime }) => startTime >= sinceOrigin - leeway && startTime <= sinceOrigin + duration + leeway,
    )
  return entry?.duration
}
