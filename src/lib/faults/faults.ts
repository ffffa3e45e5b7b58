import { apiFaults } from './api-faults.ts'
import { assertionFaults } from './assertion-faults.ts'
import { clientFaults } from './client-faults.ts'
import type { Fault, Setting } from './fault.ts'
import { formFaults } from './form-faults.ts'
import { proofFaults } from './proof-faults.ts'
import { scopeFaults } from './scope-faults.ts'

const rows = {
  ...clientFaults,
  ...formFaults,
  ...scopeFaults,
  ...assertionFaults,
  ...proofFaults,
  ...apiFaults,
} as const

/** Names a fault, as the rows of a server test do where both have the same change. */
export type FaultId = keyof typeof rows

/** Every fault, by id. */
export const faults: Readonly<Record<FaultId, Fault>> = rows

/** Which request a fault breaks. */
export type Target = 'token' | 'api'

/** What a request to that endpoint can have wrong with it. */
interface Group {
  readonly title: string
  readonly target: Target
  readonly ids: readonly FaultId[]
}

const group = (title: string, target: Target, of: Readonly<Partial<Record<FaultId, Fault>>>): Group => ({
  title,
  target,
  ids: Object.keys(of) as FaultId[],
})

/** In the order of the menu. Another group is a table above, and a row here. */
export const faultGroups: readonly Group[] = [
  group('The client', 'token', clientFaults),
  group('The form', 'token', formFaults),
  group('What it asks for', 'token', scopeFaults),
  group('The client assertion', 'token', assertionFaults),
  group('The DPoP proof', 'token', proofFaults),
  group('At the API', 'api', apiFaults),
]

/** Which request the fault breaks. */
export function targetOf(id: FaultId): Target {
  return Object.hasOwn(apiFaults, id) ? 'api' : 'token'
}

/** A fault as the menu has it. */
export interface Offer {
  readonly id: FaultId
  readonly label: string
  /** Why it cannot be chosen; `null` if it can. */
  readonly unless: string | null
}

/** The faults of a group for that setting. Of several with one label it is the one that applies, else the last. */
export function offersOf({ ids }: Group, setting: Setting): Offer[] {
  const byLabel = new Map<string, Offer>()
  for (const id of ids) {
    const { label, unless } = faults[id]
    const before = byLabel.get(label)
    if (before?.unless !== null) byLabel.set(label, { id, label, unless: unless(setting) })
  }
  return [...byLabel.values()]
}
