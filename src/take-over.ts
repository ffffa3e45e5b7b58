import { createRawSnippet, type Snippet } from 'svelte'
import type { Connection } from './state/connection.svelte.ts'

/**
 * What the user did to the first screen before its script was there: text typed, an option chosen, a field in focus. The
 * fields are known by their labels, as their ids are made anew.
 */
export interface Done {
  /** Values by label, of those that are not as they were delivered. */
  readonly typed: ReadonlyMap<string, string>
  readonly focused: Focused | null
}

interface Focused {
  readonly label: string
  /** What is selected in it, or the place of the caret; `null` in a field that does not say. */
  readonly selection: readonly [start: number, end: number] | null
}

type Field = HTMLInputElement | HTMLSelectElement

export function doneTo(screen: HTMLElement): Done {
  const fields = [...screen.querySelectorAll<Field>('input:not([type=checkbox]), select')]
  const touched = fields.filter((field) =>
    field instanceof HTMLSelectElement
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.value !== field.defaultValue,
  )
  const active = fields.find((field) => field === screen.ownerDocument.activeElement)
  return {
    typed: new Map(touched.map((field) => [labelOf(field), field.value])),
    focused: active ? { label: labelOf(active), selection: selectionOf(active) } : null,
  }
}

/** Does it again to the page that has taken over: as if it were typed there. */
export function redo({ typed, focused }: Done, page: HTMLElement): void {
  for (const [label, value] of typed) {
    const field = fieldOf(page, label)
    if (!field) continue
    field.value = value
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
  }
  if (focused === null) return
  const field = fieldOf(page, focused.label)
  field?.focus()
  if (field instanceof HTMLInputElement && focused.selection) field.setSelectionRange(...focused.selection)
}

function selectionOf(field: Field): Focused['selection'] {
  if (!(field instanceof HTMLInputElement)) return null
  const { selectionStart: start, selectionEnd: end } = field
  return start === null || end === null ? null : [start, end]
}

/**
 * The request that the first screen shows, until the script that draws it is there; `null` if the form is another one by
 * now, from what was stored.
 */
export function meanwhileOf(screen: HTMLElement, { server, servers, changed }: Connection): Snippet | null {
  const shown = screen.querySelector('.meanwhile')
  if (!shown || server !== servers[0] || changed) return null
  return createRawSnippet(() => ({
    render: () => '<div class="meanwhile" inert></div>',
    setup: (element) => element.replaceChildren(...shown.childNodes),
  }))
}

/** Remembers the button that was pressed last, if it opens a drawer; what it gives is the id of that drawer. */
export function rememberDrawer(page: Document): () => string {
  let id = ''
  page.addEventListener('click', ({ target }) => {
    id = (target instanceof Element && target.closest('[popovertarget]')?.getAttribute('popovertarget')) || ''
  })
  return () => id
}

const labelOf = (field: Field): string => field.labels?.[0]?.textContent.trim() ?? ''

const fieldOf = (page: HTMLElement, label: string) =>
  [...page.querySelectorAll<Field>('input, select')].find((field) => labelOf(field) === label)
