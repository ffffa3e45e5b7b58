/** In bytes: no more of a file is read, which is more than is examined. */
const most = 16 * 1024 * 1024

/** The text of a file that was chosen or dropped. Reads UTF-16 too, as PowerShell writes it. @see https://encoding.spec.whatwg.org/#bom-sniff */
export async function readFile(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, most).arrayBuffer())
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
