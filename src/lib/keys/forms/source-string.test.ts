import { expect, it } from 'vitest'
import { jwkInSource } from './source-string.ts'

const jwk = '{"kty":"OKP"}'

it.each([
  ['var key = """' + jwk + '""";', jwk],
  ['"""\n' + jwk + '\n"""', jwk],
  ['a = """"' + jwk + '""""', jwk],
  ['var key = @"{""kty"":""OKP""}";', jwk],
  [String.raw`"{\"kty\":\"OKP\"}"`, jwk],
  [`'${jwk}'`, jwk],
  [`const key = ${jwk}; // {}`, jwk],
  ['"""{}"""', null],
])('the JWK in %s', (text, json) => {
  expect(jwkInSource(text)).toBe(json)
})

/** A pattern that begins anew at each character needs minutes for such a text. */
it.each(['"', '"""{', '@"{', "'{", '"kty"', '{"kty"', '"kty"{', '} '])(
  'linear time: %s a million characters',
  (part) => {
    const text = `{${part.repeat(1_000_000 / part.length)}`
    const start = performance.now()
    expect(jwkInSource(text)).toBeNull()
    expect(performance.now() - start).toBeLessThan(3000)
  },
)
