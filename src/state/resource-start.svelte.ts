import type { ApiCall } from '../lib/oauth/config/api-call.ts'
import type { DiscoveryRecord } from '../lib/oauth/discovery/discovery-view.ts'
import { undoing } from '../lib/oauth/resource/resource-start.ts'
import { type ResourceRecord, type ResourceView, resourceView } from '../lib/oauth/resource/resource-view.ts'
import type { Connection } from './connection.svelte.ts'
import type { FoundServers } from './found.svelte.ts'

/** Fills in the call of an API. @returns puts back what was there */
export type FillCall = (call: Pick<ApiCall, 'url' | 'method'>) => () => void

/**
 * From the metadata of an API to a form that is filled in. The issuer that an API names gets no secret before the user confirms
 * it: until then nothing of its metadata is in the form, and what a click fills in is taken back by another.
 * @see RFC 9728 sections 7.3 and 7.6
 */
export class ResourceStart {
  readonly #connection: Connection
  readonly #found: FoundServers

  constructor(connection: Connection, found: FoundServers) {
    this.#connection = connection
    this.#found = found
  }

  /** What was asked of the API, and what came; `null` if none was asked. */
  get record(): ResourceRecord | null {
    return this.#found.current?.resource ?? null
  }

  /** All there is to show of it for the form as it is now; `null` if no metadata of an API were found. */
  get view(): ResourceView | null {
    const { record } = this
    const { config } = this.#connection
    return (
      record && resourceView(record, { config, initial: this.#found.initial, filled: this.#found.filled })
    )
  }

  /** Whether a click undoes what was filled in. */
  get canUndo(): boolean {
    return (this.#found.current?.undo ?? null) !== null
  }

  /** Accepts metadata that were pasted as those of the server that the API names, if it is silent. @returns whether it does */
  accept(server: DiscoveryRecord): boolean {
    const { record, view } = this
    if (!record || view?.stage.at !== 'silent' || record.confirmed) return false
    const attempts = record.server?.attempts ?? []
    const { issuer } = view.stage
    this.#found.change({ resource: { ...record, server: { ...server, issuer, attempts } } })
    return true
  }

  /** Fills in what the API and its server say, because the user confirms that server, or that there is none to be found. */
  confirm(fillCall: FillCall): void {
    const { record, view } = this
    const start = view?.start
    if (!record || !start || record.confirmed) return
    const before = this.#connection.config
    const isTyped = this.#found.fill(start.change)
    const undoCall = start.call && fillCall(start.call)
    // Its own spelling is the one that counts from now on.
    const { stage } = view
    const server =
      record.server && stage.at === 'confirm' ? { ...record.server, issuer: stage.issuer } : record.server
    this.#found.change({
      resource: { ...record, server, confirmed: start },
      metadata: stage.at === 'confirm' ? stage.metadata.metadata : null,
      undo: () => {
        isTyped()
        undoCall?.()
        this.#connection.edit(undoing(start, before, this.#connection.config))
        this.#found.change({ resource: record, metadata: null, undo: null })
      },
    })
  }

  /** Undoes what was filled in, in the form and in the API call. */
  undo(): void {
    this.#found.current?.undo?.()
  }
}
