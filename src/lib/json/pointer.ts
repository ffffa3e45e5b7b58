/**
 * The names and indices of a JSON Pointer: `/a~1b/0` is `['a/b', '0']`, the empty pointer is `[]`.
 *
 * @see RFC 6901 section 4
 */
export function pointerNames(pointer: string): readonly string[] {
  const names = pointer.split('/').slice(1)
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}
