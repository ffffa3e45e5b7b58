/**
 * Puts text on the clipboard and returns whether that worked. Pages on http://192.168.x.x have no `navigator.clipboard`,
 * and permission can be denied; the older command still works there.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // TypeError: no secure context. NotAllowedError: denied.
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  document.body.append(area)
  area.select()
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way outside secure contexts
  const copied = document.execCommand('copy')
  area.remove()
  return copied
}
