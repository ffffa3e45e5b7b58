import { bash } from '../commands/bash.ts'
import { cmd } from '../commands/cmd.ts'
import { fetchCall } from '../commands/fetch-call.ts'
import { powerShell } from '../commands/powershell.ts'
import { readDocument } from '../document.ts'
import { jwt } from '../jwt.ts'
import type { Kind, NotUsed, Recognised } from '../kind.ts'
import { formBody } from '../messages/form-body.ts'
import { httpFile } from '../messages/http-file.ts'
import { httpMessage } from '../messages/http-message.ts'

/** A longer text is not examined, in characters: none of these kinds is that long. */
const longest = 8 * 1024 * 1024

/** The first that recognises a text has it, so what holds others in it comes before them. */
const kinds: readonly Kind[] = [
  // Each begins with what no other text begins with; a message or a file may have a command or a JWT in it.
  httpMessage,
  httpFile,
  fetchCall,
  powerShell,
  cmd,
  bash,
  formBody,
  // Is found in whatever is around it.
  jwt,
]

/** Says what a pasted text is; `null` if that is not clear. Never throws. */
export async function recognise(pasted: string): Promise<Recognised | NotUsed | null> {
  if (pasted.length > longest)
    return { what: 'a text that is too long', refusal: `At most ${longest} characters are read.` }
  const text = pasted.replace(/^\uFEFF/, '').trim()
  const document = await readDocument(text)
  if (document?.kind === 'refused') return { what: 'a document', refusal: document.why }
  const source = { text, document: document?.value }
  for (const kind of kinds) {
    const found = await kind.read(source)
    if (found !== null) return found
  }
  return null
}
