import { algsOfLength, signatureLength } from './signature-alg.ts'

/** Bytes that RSA keys in use make: of 1024 bits, which few accept, to 16384. */
const [leastRsa, mostRsa] = [128, 2048]

/**
 * What the length of a signature says against its algorithm, before any key is known; `null`: nothing. An RSA signature is
 * as long as its key, and keys have a whole number of 32 bytes.
 * @see RFC 7518 sections 3.2 to 3.5
 */
export function lengthTrouble(alg: string, bytes: number): string | null {
  if (/^[RP]S(?:256|384|512)$/.test(alg)) {
    const isUsual = bytes >= leastRsa && bytes <= mostRsa && bytes % 32 === 0
    return isUsual
      ? null
      : `It has ${bytes} bytes, and one of ${alg} is as long as its key: 256 bytes of 2048 bits, 384 of 3072, 512 of 4096.${wasCut(bytes, nearestRsa(bytes))}`
  }
  const length = signatureLength(alg)
  return length === null || length === bytes ? null : otherLength(alg, bytes, length)
}

const nearestRsa = (bytes: number): number => [256, 384, 512].find((usual) => bytes < usual) ?? 512

/** That a signature has not the length that its algorithm, or its key, makes. */
export function otherLength(alg: string, bytes: number, length: number, key = ''): string {
  const others = algsOfLength(bytes)
  const as = others.length === 0 ? '' : ` ${bytes} is the length of ${others.join(', ')}.`
  return `It has ${bytes} bytes, and one of ${alg}${key === '' ? '' : ` by ${key}`} has ${length}.${wasCut(bytes, length)}${as}`
}

const wasCut = (bytes: number, length: number): string => (bytes < length ? ' Was it cut?' : '')
