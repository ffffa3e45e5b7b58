/** Bits of a modulus that is factored here: a tenth of a second for 4096, and eight times that for 8192. */
const mostBits = 8192

/** The factors of an RSA key and what is derived from them. @see RFC 7518 section 6.3.2 */
export interface RsaPrimes {
  readonly p: bigint
  readonly q: bigint
  readonly dp: bigint
  readonly dq: bigint
  readonly qi: bigint
}

/**
 * Computes what a private RSA key leaves out and browsers require: of p and q the rest, else of n, e and d all. `null`
 * if the numbers do not belong together, or are too large.
 * @see RFC 8017 section 3.2, NIST SP 800-56B appendix C.2
 */
export function rsaPrimes(
  n: bigint,
  e: bigint,
  d: bigint,
  known: { readonly p: bigint; readonly q: bigint } | null,
): RsaPrimes | null {
  if (n.toString(2).length > mostBits || n < 15n || e < 3n || d < 3n || d >= n) return null
  const p = known?.p ?? factorOf(n, e, d)
  if (p === null || p < 3n || n % p !== 0n) return null
  const q = n / p
  if (q < 3n || (known !== null && q !== known.q)) return null
  const qi = inverse(q, p)
  return qi === null ? null : { p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi }
}

/** Each base finds a factor of every second key or better. */
const bases = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n]

/** The larger factor; ed - 1 is a multiple of the order of every number, so a root of 1 that is neither 1 nor -1 is found. */
function factorOf(n: bigint, e: bigint, d: bigint): bigint | null {
  let odd = e * d - 1n
  let twos = 0
  while ((odd & 1n) === 0n) {
    odd >>= 1n
    twos += 1
  }
  if (twos === 0 || twos > 64) return null
  for (const base of bases) {
    let root = power(base, odd, n)
    for (let round = 0; round < twos; round++) {
      const square = (root * root) % n
      if (square === 1n && root !== 1n && root !== n - 1n) {
        const factor = divisor(root - 1n, n)
        return factor * factor > n ? factor : n / factor
      }
      root = square
    }
  }
  return null
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

function divisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other]
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

/** What multiplied by the value gives 1; `null` if nothing does. */
function inverse(value: bigint, modulus: bigint): bigint | null {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (b !== 0n) {
    const times = a / b
    ;[a, b, x, y] = [b, a - times * b, y, x - times * y]
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null
}
