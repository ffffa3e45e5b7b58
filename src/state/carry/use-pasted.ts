import { importPrivateKey } from '../../lib/keys/import-key.ts'
import type { Key, KeyAlg } from '../../lib/keys/key.ts'
import { emptyApiCall } from '../../lib/oauth/config/api-call.ts'
import { filling } from '../../lib/paste/filling.ts'
import type { PastedCall, PastedConnection, PastedText, Proposal } from '../../lib/paste/proposal.ts'
import { importConnections } from '../../lib/saved/saved-connections.ts'
import { editConnections } from '../../lib/saved/saved-connections.ts'
import { chooseFor, chooseKey } from '../form-keys.ts'
import type { Playground } from '../playground.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'

/** What came of using a proposal. */
export type Used =
  | {
      readonly kind: 'used'
      /** In sentences: what is where now. */
      readonly said: readonly string[]
      /** Puts back what was there; `null` if there is no way back, as with what was added to a list. */
      readonly back: (() => void) | null
    }
  | {
      readonly kind: 'not-used'
      readonly why: string
      /** The algorithms of a key, one of which has to be chosen first. */
      readonly algs?: readonly KeyAlg[]
    }

/** How a proposal is used. */
interface How {
  /** What a key is to sign with, if the user chose that. */
  readonly alg: KeyAlg | null
  /** The name of the file that it came from, or what it is called. */
  readonly where: string
}

/** Does with a pasted text what the user chose. It sends nothing. */
export function usePasted(playground: Playground, proposal: Proposal, how: How): Promise<Used> {
  switch (proposal.kind) {
    case 'connection':
      return fillInForm(playground, proposal, how)
    case 'call':
      return Promise.resolve(fillInCall(playground, proposal))
    case 'url':
      return fillInForm(playground, foundBy(proposal.text), how)
    default:
      return takeText[proposal.kind](playground, proposal.text, how)
  }
}

/** The form with a server that is yet to be found. */
export const foundBy = (discovery: string): PastedConnection => ({
  kind: 'connection',
  config: { discovery },
  isWhole: false,
  key: null,
  call: null,
})

async function fillInForm(playground: Playground, proposal: PastedConnection, { alg }: How): Promise<Used> {
  const { connection, keys } = playground
  const still = connection.still()
  const imported = proposal.key === null ? null : await importPrivateKey(proposal.key, { alg })
  if (!still()) return { kind: 'not-used', why: 'The form was changed meanwhile. Fill it in again.' }
  if (imported?.ok === false && imported.choices)
    return { kind: 'not-used', why: imported.message, algs: imported.choices }
  const before = { server: connection.server, config: connection.config }
  const then = filling(proposal, before, connection.servers)
  connection.choose(then.server.id)
  const replaced = connection.config
  connection.adopt(then.config)
  if (imported?.ok) {
    keys.put(imported.key)
    chooseKey(connection, 'assertion', imported.key.thumbprint)
  }
  const undoCall = proposal.call?.url
    ? toolsOf(playground).use.begin({ method: 'GET', url: '', ...proposal.call })
    : null
  playground.plan('token')
  return {
    kind: 'used',
    said: [
      'The form is filled in. Nothing was sent.',
      ...(imported?.ok === false ? [`The key is not imported: ${imported.message}`] : []),
      ...(proposal.config.discovery !== undefined && then.config.token_endpoint === ''
        ? ['Press Find for the token endpoint.']
        : []),
    ],
    back: () => {
      connection.choose(then.server.id)
      undoCall?.()
      connection.adopt(replaced)
      connection.choose(before.server.id)
    },
  }
}

function fillInCall(playground: Playground, { call, token }: PastedCall): Used {
  const { use } = toolsOf(playground)
  const { pasted } = playground.atHand
  const undoCall = use.begin(emptyApiCall)
  use.take(call)
  if (token !== null) playground.atHand.paste(token)
  return {
    kind: 'used',
    said: [
      'The API call is filled in. Nothing was sent.',
      ...(token === null ? [] : ['Its token is at hand in Token.']),
    ],
    back: () => {
      undoCall()
      if (token !== null) playground.atHand.paste(pasted)
    },
  }
}

type Take = (playground: Playground, text: string, how: How) => Promise<Used>

const used = (said: string, back: (() => void) | null = null): Used => ({ kind: 'used', said: [said], back })

const takeText: Readonly<Record<Exclude<PastedText['kind'], 'url'>, Take>> = {
  token({ atHand }, text) {
    const { pasted } = atHand
    atHand.paste(text)
    return Promise.resolve(
      used('The token is at hand in Token: decoded, and checked there.', () => atHand.paste(pasted)),
    )
  },

  async 'private-key'(playground, text, { alg }) {
    const imported = await importPrivateKey(text, { alg })
    if (!imported.ok)
      return { kind: 'not-used', why: imported.message, ...(imported.choices && { algs: imported.choices }) }
    return takeKey(playground, imported.key)
  },

  'public-keys'(playground, text) {
    const { keys } = toolsOf(playground)
    const { pasted, origin } = keys
    keys.paste(text)
    keys.choose('pasted')
    return Promise.resolve(
      used('The keys are in Token, to verify a token with.', () => {
        keys.paste(pasted)
        keys.choose(origin)
      }),
    )
  },

  async metadata({ finder }, text) {
    const why = (await finder.load()).paste(text)
    return why === null
      ? used('The metadata are in Connection, with what they fill in.')
      : { kind: 'not-used', why }
  },

  connections({ preferences }, text) {
    const { added, skipped, problem } = importConnections(text, preferences.settings.connections)
    if (problem !== null) return Promise.resolve({ kind: 'not-used', why: problem })
    preferences.update((now) => editConnections(now, (list) => [...list, ...added]))
    return Promise.resolve({
      kind: 'used',
      said: [`${added.length} connections are saved, and in the picker.`, ...skipped],
      back: null,
    })
  },

  async lessons(playground, text, { where }) {
    const { deskOf } = await import('../workshop/lessons.svelte.ts')
    deskOf(playground).take(text, where)
    return used('What came of the file is in Lessons.')
  },

  async exchanges(playground, text, { where }) {
    const { openHar } = await import('./archive.ts')
    const opened = openHar(playground, text, where)
    return 'why' in opened
      ? { kind: 'not-used', why: opened.why }
      : { kind: 'used', said: opened.said, back: null }
  },
}

function takeKey(playground: Playground, key: Key): Used {
  playground.keys.put(key)
  chooseFor(playground, key)
  return used(
    `The key is in Keys: ${key.alg}, kid ${key.kid}. It stays in this page.`,
    () => void playground.keys.remove(key.thumbprint),
  )
}
