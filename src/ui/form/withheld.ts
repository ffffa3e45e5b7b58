/**
 * Empties a field that withholds its text, once it is left. That happens also while the field is removed, when nothing else
 * than the field itself can be asked.
 */
export function emptyWithheld({
  currentTarget,
}: FocusEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }): void {
  if (currentTarget.dataset['withheld'] !== undefined) currentTarget.value = ''
}
