/**
 * The JSON object in a text that has more around it: the head of a response as `curl -i` prints it, a prompt, a fence.
 * What stands before it becomes white space, so that lines and columns stay what they were; a text that begins with
 * the object, or has none, is given back as it is.
 */
export function unwrapJson(text: string): string {
  const head = headLength(text)
  const start = text.indexOf('{', head)
  if (start < 0 || text.slice(0, start).trim() === '') return text
  const end = text.lastIndexOf('}') + 1
  return text.slice(0, start).replace(/[^\n]/g, ' ') + text.slice(start, end > start ? end : text.length)
}

/** How much of the text is heads of responses: a field may have braces of its own. A proxy's head may come first. */
function headLength(text: string): number {
  const head = /[^]*?\r?\n\r?\n/y
  let length = 0
  while (/^HTTP\/\d/.test(text.slice(length, length + 8))) {
    head.lastIndex = length
    if (!head.test(text)) return length
    length = head.lastIndex
  }
  return length
}
