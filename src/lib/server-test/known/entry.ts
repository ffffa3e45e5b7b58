import type { SpecLink } from '../../spec.ts'
import type { RowId } from '../table.ts'

/** Why a product does so, and what to set. */
export interface Known {
  readonly says: string
  /** The page of its documentation about that, or the issue; `null` if there is none. */
  readonly link: SpecLink | null
}

/** What is known of one product. */
export type Deviations = Readonly<Partial<Record<RowId, Known>>>

/** It is so, and nothing changes it. `issue` is where its makers speak of it: owner/name#number. */
export const always = (says: string, issue: string | null = null): Known => ({
  says: `${says} No setting for that is known.`,
  link:
    issue === null ? null : { label: issue, href: `https://github.com/${issue.replace('#', '/issues/')}` },
})

/** A setting or a place in its code changes it. */
export const set = (says: string, label: string, href: string): Known => ({ says, link: { label, href } })
