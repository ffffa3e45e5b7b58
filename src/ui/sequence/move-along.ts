/**
 * Moves the focus between the buttons of a list by two keys, and presses the one that it comes to.
 * @param event of a key, at the list
 */
export function moveAlong(event: KeyboardEvent, back: string, forth: string): void {
  const by = { [back]: -1, [forth]: 1 }[event.key]
  if (by === undefined || !(event.currentTarget instanceof HTMLElement)) return
  const all = [...event.currentTarget.querySelectorAll('button')]
  const next = all[all.findIndex((button) => button === event.target) + by]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.click()
}
