import { bru } from '../collections/bru.ts'
import { brunoCollection, brunoEnvironment } from '../collections/bruno.ts'
import { hoppscotchCollection, hoppscotchEnvironment } from '../collections/hoppscotch.ts'
import { insomnia } from '../collections/insomnia.ts'
import { openCollection } from '../collections/open-collection.ts'
import { openApi } from '../collections/openapi.ts'
import { bash } from '../commands/bash.ts'
import { cmd } from '../commands/cmd.ts'
import { fetchCall } from '../commands/fetch-call.ts'
import { powerShell } from '../commands/powershell.ts'
import { postmanCollection, postmanEnvironment } from '../collections/postman.ts'
import { readDocument } from '../document.ts'
import { har } from '../har.ts'
import { jwt } from '../jwt.ts'
import { formBody } from '../messages/form-body.ts'
import { httpFile } from '../messages/http-file.ts'
import { httpMessage } from '../messages/http-message.ts'
import type { Kind, NotUsed, Recognised } from '../kind.ts'
import { env } from '../settings/env.ts'
import { anySettings, dotnet, helseIdFile } from '../settings/files.ts'
import { azurePrincipal, googleAccount, registration } from '../settings/issued.ts'
import { keycloakAdapter } from '../settings/keycloak.ts'
import { spring } from '../settings/spring.ts'
import { connections, lessons, metadata } from '../texts/documents.ts'
import { keys } from '../texts/keys.ts'
import { opaqueToken, tokenResponse } from '../texts/tokens.ts'
import { url } from '../texts/urls.ts'

/** A longer text is not examined, in characters: none of these kinds is that long. */
const longest = 8 * 1024 * 1024

/** The first that recognises a text has it, so what holds others in it comes before them. */
const kinds: readonly Kind[] = [
  // Each begins with what no other text begins with, and may have any of the others in it.
  httpMessage,
  httpFile,
  fetchCall,
  powerShell,
  cmd,
  bash,
  har,
  connections,
  lessons,
  metadata,
  postmanCollection,
  postmanEnvironment,
  insomnia,
  hoppscotchCollection,
  hoppscotchEnvironment,
  openCollection,
  brunoCollection,
  brunoEnvironment,
  openApi,
  bru,
  googleAccount,
  azurePrincipal,
  keycloakAdapter,
  registration,
  tokenResponse,
  spring,
  helseIdFile,
  dotnet,
  anySettings,
  env,
  url,
  formBody,
  jwt,
  keys,
  opaqueToken,
]

/** Says what a pasted text is; `null` if that is not clear. Never throws. */
export async function recognise(pasted: string): Promise<Recognised | NotUsed | null> {
  if (pasted.length > longest)
    return { what: 'a text that is too long', refusal: `At most ${longest} characters are read.` }
  const text = pasted.replace(/^\uFEFF/, '').trim()
  const document = await readDocument(text)
  if (document?.kind === 'refused') return { what: 'a document', refusal: document.why }
  const source = { text, document: document?.value, more: document?.more ?? [] }
  for (const kind of kinds) {
    const found = await kind.read(source)
    if (found === null) continue
    const notes = document?.notes ?? []
    return 'refusal' in found ? found : { ...found, ignored: [...found.ignored, ...notes] }
  }
  return null
}
