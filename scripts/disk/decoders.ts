/**
 * A block of LZ4, as in Firefox's session files. Throws a RangeError if it is none.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
export function lz4Block(block: Uint8Array, size: number): Buffer {
  const whole = Buffer.alloc(size)
  const out = new Output(whole)
  let at = 0
  const byte = (): number => block[at++] ?? Number.NaN
  const lengthOf = (nibble: number): number => {
    let length = nibble
    if (nibble === 15) for (let more = 255; more === 255; length += more) more = byte()
    return length
  }
  let fits = true
  while (fits && at < block.length) {
    const token = byte()
    const literal = lengthOf(token >> 4)
    fits = out.append(block.subarray(at, at + literal), literal)
    at += literal
    // The last sequence is a literal alone.
    if (at >= block.length) break
    const offset = byte() + byte() * 256
    fits &&= out.repeat(offset, lengthOf(token & 15) + 4)
  }
  if (!fits || !out.isFull) throw new RangeError('This is no block of LZ4 of that size.')
  return whole
}

/** What a file of Firefox's holds whose name ends in lz4; `null` for another file. */
export function mozLz4(file: Buffer): Buffer | null {
  if (file.toString('latin1', 0, 8) !== 'mozLz40\0') return null
  return lz4Block(file.subarray(12), file.readUInt32LE(8))
}

/** More is no block that a browser makes of what it stores. In bytes. */
const largest = 1 << 22

/** One for all attempts: nearly all of them fail at once. */
const scratch = Buffer.alloc(largest)

/**
 * The block of Snappy that begins at that place, as in tables of LevelDB and in Firefox's storage; `null` if none does.
 * It ends when it has given as many bytes as its beginning says.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function snappyAt(file: Uint8Array, start: number): Buffer | null {
  let at = start
  let size = 0
  for (let shift = 0; ; shift += 7) {
    const value = file[at++]
    if (value === undefined || shift > 21) return null
    size |= (value & 127) << shift
    if (value < 128) break
  }
  // What is shorter has no room for a secret; and nothing was written yet that a first copy could repeat.
  if (size < 16 || size > largest || ((file[at] ?? 1) & 3) !== 0) return null
  const out = new Output(scratch.subarray(0, size))
  while (!out.isFull) {
    const tag = file[at++] ?? Number.NaN
    const kind = tag & 3
    let fits: boolean
    if (kind === 0) {
      const extra = Math.max(0, (tag >> 2) - 59)
      const length = 1 + (extra === 0 ? tag >> 2 : little(file, at, extra))
      fits = out.append(file.subarray(at + extra, at + extra + length), length)
      at += extra + length
    } else if (kind === 1) {
      fits = out.repeat(((tag >> 5) << 8) + little(file, at, 1), 4 + ((tag >> 2) & 7))
      at += 1
    } else {
      const width = kind === 2 ? 2 : 4
      fits = out.repeat(little(file, at, width), 1 + (tag >> 2))
      at += width
    }
    // What begins here is no block.
    if (!fits) return null
  }
  return Buffer.from(scratch.subarray(0, size))
}

/** Every block of Snappy in a file, wherever it begins: no table of contents is needed, or trusted. */
export function* snappyBlocks(file: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < file.length; at += 1) {
    const block = file[at] === 0 ? null : snappyAt(file, at)
    if (block) yield block
  }
}

/** A number of so many bytes, the least significant first. */
function little(file: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let place = width - 1; place >= 0; place -= 1) value = value * 256 + (file[at + place] ?? Number.NaN)
  return value
}

/** What both kinds of blocks are made of: bytes, and repeats of those before. Says whether there is room for them. */
class Output {
  readonly #bytes: Buffer
  #length = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isFull(): boolean {
    return this.#length === this.#bytes.length
  }

  append(bytes: Uint8Array, length: number): boolean {
    if (!(bytes.length === length && this.#length + length <= this.#bytes.length)) return false
    this.#bytes.set(bytes, this.#length)
    this.#length += length
    return true
  }

  /** May overlap what it writes, so it goes byte by byte. */
  repeat(offset: number, length: number): boolean {
    if (!(offset > 0 && offset <= this.#length && this.#length + length <= this.#bytes.length)) return false
    for (let count = 0; count < length; count += 1, this.#length += 1)
      this.#bytes[this.#length] = this.#bytes[this.#length - offset] ?? 0
    return true
  }
}
