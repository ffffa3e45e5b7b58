import type { DpopNonces } from '../base/server-state.ts'
import { fail, pass } from '../../check.ts'
import { show, when } from '../base/wording.ts'

/** Seconds. Long enough for the client's next request, short enough to see one expire. */
const lifetime = 120
/** Beyond this the oldest is forgotten, and called unknown. */
const capacity = 1000

/** Nonces live as long as the server; an expired one is still recognised as such. */
export function createDpopNonces(now: () => number): DpopNonces {
  const issuedAt = new Map<unknown, number>()
  const seconds = () => Math.floor(now() / 1000)
  return {
    issue: () => {
      const [oldest] = issuedAt.keys()
      if (issuedAt.size >= capacity) issuedAt.delete(oldest)
      const nonce = crypto.randomUUID()
      issuedAt.set(nonce, seconds())
      return nonce
    },
    check: (nonce) => {
      if (nonce === undefined) return fail('There is no nonce; the one to use is in DPoP-Nonce')
      const issued = issuedAt.get(nonce)
      if (issued === undefined)
        return fail(`nonce ${show(nonce)} is unknown; the one to use is in DPoP-Nonce`)
      const left = issued + lifetime - seconds()
      if (left > 0) return pass(`nonce ${show(nonce)}, ${left} s left`)
      const found = `nonce ${show(nonce)} expired ${when(issued + lifetime, seconds())}`
      return fail(`${found}; the one to use is in DPoP-Nonce`)
    },
  }
}
