import { decodeBody } from '../../lib/http/body.ts'
import { formatResponseHead, textOf } from '../../lib/http/format.ts'
import type { HttpRequest, HttpResponse } from '../../lib/http/message.ts'
import { type Hide, hideSecretsOf } from '../../lib/oauth/compose/repeated-secrets.ts'
import type { Playground } from '../../state/playground.svelte.ts'

/** Masks what that request has of secrets, wherever its response repeats it; nothing while secrets are shown. */
export const hideFor = (playground: Playground, request: HttpRequest): Hide =>
  playground.showSecrets ? (text) => text : allOf(playground, request)

/** Whether the response has a secret of its request, or of the form, in it. */
export function repeats(playground: Playground, request: HttpRequest, response: HttpResponse): boolean {
  const hide = allOf(playground, request)
  const body = decodeBody(response)
  const said = body.kind === 'text' ? body.text : textIn(response.body)
  const text = textOf(formatResponseHead(response)) + said
  return hide(text) !== text
}

/** The bytes as they are, or, if what is text in them is not to be seen, those of the masked text. */
export function hideInBytes(bytes: Uint8Array, hide: Hide): Uint8Array {
  const text = textIn(bytes)
  const hidden = hide(text)
  return hidden === text ? bytes : new TextEncoder().encode(hidden)
}

/** What of it is shown byte by byte. */
export const hexLimit = 4096

const textIn = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, hexLimit))

const allOf = (playground: Playground, request: HttpRequest): Hide =>
  hideSecretsOf(request, playground.connection.config.client_secret)
