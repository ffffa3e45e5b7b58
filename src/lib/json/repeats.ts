import { shorten, type ProblemList } from './problems.ts'
import type { JsonMember } from './value.ts'

/** Whether any two members share a name. Asked once an object is read, as nearly none has any. */
export function hasRepeats(members: readonly JsonMember[]): boolean {
  return members.length > 1 && new Set(members.map(({ key }) => key)).size < members.length
}

/** The members with `duplicate` set on every bearer of a repeated name; each such name is noted once. */
export function flagRepeats(
  members: readonly JsonMember[],
  offsets: readonly number[],
  problems: ProblemList,
): readonly JsonMember[] {
  const bearers = new Map<string, number>()
  return members
    .map((member, index) => {
      const count = (bearers.get(member.key) ?? 0) + 1
      bearers.set(member.key, count)
      if (count === 2) note(member.keySource, offsets[index] ?? 0, problems)
      return member
    })
    .map((member) => ({ ...member, duplicate: (bearers.get(member.key) ?? 0) > 1 }))
}

function note(keySource: string, offset: number, problems: ProblemList): void {
  const message = `The name ${shorten(keySource)} stands more than once in one object; most readers take the last.`
  problems.note('duplicate-name', offset, message)
}
