import type { Segment } from '../../lib/http/format.ts'
import type { HttpRequest } from '../../lib/http/message.ts'
import { redact } from '../../lib/http/redact.ts'
import { hideTokens } from '../../lib/oauth/compose/hide-tokens.ts'
import { type Hide, hideSecretsOf } from '../../lib/oauth/compose/repeated-secrets.ts'
import type { Playground } from '../../state/playground.svelte.ts'

const asItIs: Hide = (text) => text

/** Masks what that request has of secrets, and the secret in the form, wherever a response repeats it. */
export const secretsOf = (playground: Playground, request: HttpRequest): Hide =>
  hideSecretsOf(request, playground.connection.config.client_secret)

/** The same; nothing while secrets are shown, and tokens too before a room. */
export function hideFor(playground: Playground, request: HttpRequest): Hide {
  if (playground.secrets.shown) return asItIs
  const [secrets, tokens] = [secretsOf(playground, request), beforeRoom(playground)]
  return (text) => tokens(secrets(text))
}

/** Masks every token before a room, and nothing else. */
export const beforeRoom = (playground: Playground): Hide =>
  playground.secrets.seen === 'withheld' ? tokensHidden(playground) : asItIs

/** Masks every token that the page knows, or that looks like one. */
export function tokensHidden({ atHand, exchanges }: Playground): Hide {
  const reading = atHand.issued?.understanding?.reading
  return hideTokens([
    atHand.pasted,
    ...(reading?.kind === 'issued' ? [reading.accessToken] : []),
    ...exchanges.history.entries.flatMap((sent) =>
      'facts' in sent && sent.facts ? [sent.facts.accessToken] : [],
    ),
  ])
}

/** A request as it may be seen now: whole, without secrets, or without tokens too. */
export function hideIn(playground: Playground, message: readonly Segment[]): readonly Segment[] {
  if (playground.secrets.shown) return message
  const hide = beforeRoom(playground)
  return redact(message).map((segment) => ({ ...segment, text: hide(segment.text) }))
}
