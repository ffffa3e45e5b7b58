import {
  apiStages,
  documentStages,
  operationStages,
  type Stage,
  tokenStages,
} from '../../explanation/stage.ts'
import type { Endpoint } from './facts/facts.ts'

/** The stages of a request to each endpoint, in the words of the ladder and in its order. */
export const stagesOf: Readonly<Record<Endpoint, Readonly<Partial<Record<Stage, string>>>>> = {
  token: tokenStages,
  introspection: operationStages,
  revocation: operationStages,
  registration: operationStages,
  api: apiStages,
  metadata: documentStages,
  keys: documentStages,
}

export type Pair = readonly [before: Stage, after: Stage]

/** What holds for every server: one has to be reached, has to know the client before its credentials, and issues last. */
export const universal: readonly Pair[] = [
  ['reach', 'tls'],
  ['tls', 'preflight'],
  ['tls', 'route'],
  ['route', 'client'],
  ['client', 'secret'],
  ['client', 'method'],
  ['client', 'assertion'],
  ['route', 'header'],
  ['header', 'scheme'],
  ['scheme', 'token'],
]

/** What lies before a stage: all that a request that got there has passed. */
export const before = (pairs: readonly Pair[], stage: Stage): ReadonlySet<Stage> =>
  reached(stage, (at) => pairs.filter(([, after]) => after === at).map(([first]) => first))

/** What lies after a stage: nothing of it was checked for a request that stopped there. */
export const after = (pairs: readonly Pair[], stage: Stage): ReadonlySet<Stage> =>
  reached(stage, (at) => pairs.filter(([first]) => first === at).map(([, last]) => last))

function reached(start: Stage, step: (at: Stage) => readonly Stage[]): ReadonlySet<Stage> {
  const found = new Set<Stage>()
  for (let left = step(start); left.length > 0; left = left.flatMap(step)) {
    left = left.filter((stage) => !found.has(stage))
    for (const stage of left) found.add(stage)
  }
  return found
}
