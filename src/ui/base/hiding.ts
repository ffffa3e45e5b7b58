import type { HttpRequest } from '../../lib/http/message.ts'
import { type Hide, hideSecretsOf } from '../../lib/oauth/compose/repeated-secrets.ts'
import type { Playground } from '../../state/playground.svelte.ts'

/** Masks what that request has of secrets, and the secret in the form, wherever a response repeats it. */
export const secretsOf = (playground: Playground, request: HttpRequest): Hide =>
  hideSecretsOf(request, playground.connection.config.client_secret)

/** The same; nothing while secrets are shown. */
export const hideFor = (playground: Playground, request: HttpRequest): Hide =>
  playground.showSecrets ? (text) => text : secretsOf(playground, request)
