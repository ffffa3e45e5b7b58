import type { Decoded } from '../../lib/jwt/decode/decode.ts'
import type { KeySource } from '../../lib/jwt/verify/key-source.ts'
import type { Verification } from '../../lib/jwt/verify/verify.ts'
import { settled } from '../../state/base/settled.svelte.ts'

/** A token and what to verify it with. */
interface Case {
  readonly token: string
  readonly decoded: Decoded
  readonly source: KeySource
}

/** What is known of a signature by now. */
export interface Verdict {
  /** `null` while it is being verified, or if there is nothing to verify with. */
  readonly verification: Verification | null
  /** Why it could not even be tried, in the platform's words; `null` if all is well. */
  readonly trouble: string | null
}

/**
 * Verifies a token whenever it or the keys change: never the verdict on another token, or by other keys. To be called
 * while a component is set up.
 */
export function verdictOn(of: () => Case | null): Verdict {
  const last = settled(() => {
    const wanted = of()
    return wanted && verified(wanted)
  })
  return {
    get verification() {
      const wanted = of()
      const { value } = last
      return value?.token === wanted?.token && value?.source === wanted?.source
        ? (value?.verification ?? null)
        : null
    },
    get trouble() {
      return last.trouble
    },
  }
}

/** Loaded when there is a signature to verify. */
async function verified({ token, decoded, source }: Case) {
  const { verify } = await import('../../lib/jwt/verify/verify.ts')
  return { token, source, verification: await verify(token, source, decoded) }
}
