import { wholeMembers } from '../../lib/explanation/config-change.ts'
import type { Action } from '../../lib/explanation/explanation.ts'
import type { HttpRequest } from '../../lib/http/message.ts'
import type { Playground } from '../../state/playground.svelte.ts'

/** What the place where an explanation is shown makes of its fixes. */
export interface Fixing {
  readonly playground: Playground
  /** The request that is explained, for what there is to copy of it. */
  readonly request: HttpRequest
  /** Whether it is about a form that has moved on to something else since: then fixes are shown, and change nothing. */
  readonly past: boolean
  /** Sends the request again; `null` if that is not the request at hand. */
  readonly retry: (() => void) | null
  /** Does what was clicked. */
  readonly apply: (clicked: Clicked) => void
}

/** A fix that the place itself carries out, or has to know of: a link leaves the page. */
export type Clicked = Exclude<Action, { copy: unknown } | { relay: unknown }>

/** Does it in the form of the token request. */
export function applyToForm(playground: Playground, clicked: Clicked): void {
  const { connection } = playground
  if ('change' in clicked) connection.edit(wholeMembers(connection.config, clicked.change))
  else if ('token' in clicked) goOn(playground, clicked.token)
  else if ('moveTo' in clicked) connection.edit({ token_endpoint: clicked.moveTo })
}

/** Goes on with a token that is in the response on screen, in place of `access_token` as it came. */
function goOn({ view, atHand, open }: Playground, token: string): void {
  if (!view) return
  atHand.instead[view.exchange.id] = token
  void open(view)
}
