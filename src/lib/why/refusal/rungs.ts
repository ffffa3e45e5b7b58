import type { Stage } from '../../explanation/stage.ts'
import { usesCertificate } from './causes/grant.ts'
import type { Rung } from '../../explanation/ladder.ts'
import type { Endpoint, Facts } from './facts/facts.ts'
import { stagesOf } from './order.ts'
import type { Verdict } from './reason.ts'

/** What the client proves itself by; a certificate is a matter of the method. */
const proof = (facts: Facts): Stage =>
  usesCertificate(facts) ? 'method' : facts.sent.assertion ? 'assertion' : 'secret'

/** What is told of every request to that endpoint, also if nothing is known of it. */
const always: Readonly<Record<Endpoint, (facts: Facts) => readonly Stage[]>> = {
  token: (facts) => [
    'route',
    'client',
    proof(facts),
    'grant',
    ...(facts.sent.proof ? (['binding'] as const) : []),
    ...(facts.sent.parameters.has('scope') ? (['scope'] as const) : []),
    ...(facts.sent.parameters.has('resource') ? (['resource'] as const) : []),
    'issue',
  ],
  introspection: (facts) => ['route', 'client', proof(facts), 'token'],
  revocation: (facts) => ['route', 'client', proof(facts), 'token', 'owner'],
  registration: () => ['route', 'form'],
  api: ({ sent }) => [
    'route',
    'header',
    ...(sent.proof ? (['proof-valid'] as const) : []),
    'token',
    'signature',
    'time',
    'issuer',
    'audience',
    'scope',
  ],
  metadata: () => ['route', 'shape'],
  keys: () => ['route', 'shape'],
}

/** How far a request got, in the order of telling. A response shows that the server was reached. */
export function rungs(verdict: Verdict, facts: Facts): readonly Rung[] {
  const { passed, stage, among, notReached } = verdict
  const shown = new Set<Stage>(['reach', ...passed, ...among, ...always[facts.endpoint](facts)])
  // What lies on the way is one step, unless it stopped there.
  for (const at of ['tls', 'host', 'preflight'] as const) if (!among.includes(at)) shown.delete(at)
  return (Object.entries(stagesOf[facts.endpoint]) as [Stage, string][])
    .filter(([at]) => shown.has(at))
    .map(([at, label]) => ({
      stage: label,
      state:
        at === stage
          ? 'stopped here'
          : at === 'reach' || passed.has(at)
            ? 'passed'
            : notReached.has(at)
              ? 'not reached'
              : 'not known',
      by: at === 'reach' || (at === stage && verdict.certainty === 'certain') ? 'proven' : 'deduced',
    }))
}
