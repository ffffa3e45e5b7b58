import type { KeyAlg } from './key.ts'

/** Why a text gives no key, and what to do about it. */
export interface Refusal {
  readonly ok: false
  readonly message: string
  /** A command for a shell that makes of the key one that can be used here. */
  readonly command?: string
  /** The algorithms to choose from, when all that is missing is the choice. */
  readonly choices?: readonly KeyAlg[]
}

/** Says no, in a sentence or two, with the command that helps if there is one. */
export function refused(message: string, command?: string): Refusal {
  return command === undefined ? { ok: false, message } : { ok: false, message, command }
}
