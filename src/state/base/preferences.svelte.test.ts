import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { removeConnection, saveConnection } from '../../lib/saved/saved-connections.ts'
import { parseSettings, type Settings, themes } from '../../lib/saved/settings.ts'
import type { Store } from './environment.ts'
import { bareEnvironment } from './environment-testing.ts'
import { Preferences, Secrets } from './preferences.svelte.ts'

/** One store, and the tabs that share it; each hears of a change when the test says so. */
function sharedStore() {
  let stored: string | null = null
  const tabs: { heard: boolean; changed: () => void }[] = []
  return {
    get settings() {
      return parseSettings(stored)
    },
    clear() {
      stored = null
    },
    open(): Preferences {
      const tab: (typeof tabs)[number] = { heard: true, changed: () => undefined }
      tabs.push(tab)
      const store: Store = {
        read: () => stored,
        write: (text) => {
          stored = text
          for (const other of tabs) if (other !== tab) other.heard = false
        },
        clear: () => {
          stored = null
        },
        follow: (changed) => {
          tab.changed = changed
        },
      }
      return new Preferences(store)
    },
    hear(index: number) {
      const tab = tabs[index]
      if (!tab || tab.heard) return
      tab.heard = true
      tab.changed()
    },
    hearAll() {
      tabs.forEach((_, index) => {
        this.hear(index)
      })
    },
  }
}

type Act =
  | { readonly what: 'hear' }
  | { readonly what: 'theme'; readonly theme: Settings['theme'] }
  | { readonly what: 'save' | 'remove'; readonly name: string }
  | { readonly what: 'type'; readonly server: string; readonly scope: string }

const anyName = fc.constantFrom('Shop', 'Bank', 'Mill', 'Farm')
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constant({ what: 'hear' } as const),
  fc.record({ what: fc.constant('theme' as const), theme: fc.constantFrom(...themes) }),
  fc.record({ what: fc.constantFrom('save' as const, 'remove' as const), name: anyName }),
  fc.record({
    what: fc.constant('type' as const),
    server: fc.constantFrom('own', 'keycloak'),
    scope: fc.constantFrom('read', 'write'),
  }),
)

const nameOf = ({ name }: { readonly name: string }) => name

describe('two tabs and more', () => {
  it('lose nothing that any of them saved, in whatever order they act and hear of each other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 2 }), anyAct), { maxLength: 30 }), (acts) => {
        const shared = sharedStore()
        const tabs = [shared.open(), shared.open(), shared.open()]
        const names = new Set<string>()
        const scopes = new Map<string, string>()
        let theme: Settings['theme'] = 'system'
        for (const [index, act] of acts) {
          const tab = tabs[index]
          if (!tab) continue
          switch (act.what) {
            case 'hear':
              shared.hear(index)
              break
            case 'theme':
              theme = act.theme
              tab.chooseTheme(theme)
              break
            case 'save':
              names.add(act.name)
              tab.update(({ connections }) => ({
                connections: saveConnection(connections, { name: act.name, server: 'own', config: {} }),
              }))
              break
            case 'remove':
              names.delete(act.name)
              tab.update(({ connections }) => ({
                connections: removeConnection(
                  connections,
                  connections.find(({ name }) => name === act.name)?.id ?? '',
                ),
              }))
              break
            case 'type':
              scopes.set(act.server, act.scope)
              tab.update(({ configs }) => ({
                configs: { ...configs, [act.server]: { scope: act.scope } },
              }))
              break
            default:
              act satisfies never
          }
        }
        shared.hearAll()
        expect(shared.settings.theme).toBe(theme)
        expect(new Set(shared.settings.connections.map(nameOf))).toEqual(names)
        expect(Object.entries(shared.settings.configs).map(([id, { scope }]) => [id, scope])).toEqual([
          ...scopes,
        ])
        for (const tab of tabs) expect(tab.settings).toEqual(shared.settings)
      }),
    )
  })

  it('forget what was cleared in one of them', () => {
    const shared = sharedStore()
    const tab = shared.open()
    tab.update(({ connections }) => ({
      connections: saveConnection(connections, { name: 'Shop', server: 'own', config: {} }),
    }))
    shared.clear()
    tab.chooseTheme('dark')
    expect(shared.settings).toMatchObject({ theme: 'dark', connections: [] })
  })
})

describe('a browser that keeps nothing', () => {
  it.each<[string, Store]>([
    [
      'as it denies storage',
      { read: () => null, write: () => undefined, clear: () => undefined, follow: () => undefined },
    ],
    [
      'as it is full',
      {
        read: () => '{"theme":"light"}',
        write: () => undefined,
        clear: () => undefined,
        follow: () => undefined,
      },
    ],
  ])('%s: settings hold while the page is open', (_, store) => {
    const preferences = new Preferences(store)
    preferences.chooseTheme('dark')
    preferences.setTimeout(7)
    expect(preferences.settings).toMatchObject({ theme: 'dark', timeout: 7 })
  })
})

it('secrets are never shown before a room, and are as they were after it', () => {
  const preferences = new Preferences(bareEnvironment.store)
  const secrets = new Secrets(preferences)
  const project = (projector: boolean) => {
    preferences.update(() => ({ projector }))
  }
  expect(secrets.seen).toBe('masked')
  secrets.shown = true
  expect(secrets.seen).toBe('shown')
  project(true)
  expect([secrets.seen, secrets.shown]).toEqual(['withheld', false])
  secrets.shown = false
  project(false)
  expect(secrets.seen).toBe('shown')
  project(true)
  secrets.shown = true
  secrets.shown = false
  project(false)
  expect(secrets.shown).toBe(true)
})

it('claims are explained before a room, and the setting stays as it was', () => {
  const preferences = new Preferences(bareEnvironment.store)
  expect(preferences.explain).toBe(false)
  preferences.update(() => ({ projector: true }))
  expect(preferences.explain).toBe(true)
  expect(preferences.settings.explain).toBe(false)
})
