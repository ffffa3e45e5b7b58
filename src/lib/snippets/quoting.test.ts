import { execFileSync } from 'node:child_process'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csharpQuoted } from './csharp.ts'
import { shQuoted } from './curl.ts'
import { goQuoted } from './go.ts'
import { javaQuoted } from './java.ts'
import { jsQuoted } from './javascript.ts'
import { phpQuoted } from './php.ts'
import { missing } from './programs-testing.ts'
import { pythonQuoted } from './python.ts'

const signs = Array.from('\'"`$\\{}%!#&|;<>()[]*?~^=@ \t\r\n\0\u00AD\u2028\u202E\uFEFFéu0041😀')
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...signs), maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const texts = fc.array(text, { maxLength: 50 })

/** What a program prints as JSON. */
function printed(program: string, ...options: readonly string[]): unknown {
  return JSON.parse(execFileSync(program, options, { encoding: 'utf8' }))
}

describe('a text between quotes is that text again', () => {
  it('in sh', () => {
    const withoutNul = texts.map((all) => all.map((one) => one.replaceAll('\0', '')))
    fc.assert(
      fc.property(withoutNul, (all) => {
        const script = `printf '%s\\0' ${[...all, 'end'].map(shQuoted).join(' ')}`
        const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0')
        expect(words.slice(0, -2)).toEqual(all)
      }),
      { numRuns: 20 },
    )
  })

  it('in JavaScript', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(runInNewContext(jsQuoted(one))).toBe(one)
      }),
    )
  })

  it('in Python', async ({ skip }) => {
    skip((await missing({ needs: ['python3'] })).length > 0, 'not run: no python3 on this machine')
    const all = fc.sample(text, 500)
    const list = `[${all.map(pythonQuoted).join(', ')}]`
    expect(printed('python3', '-I', '-c', `import json; print(json.dumps(${list}))`)).toEqual(all)
  })

  it('in PHP', async ({ skip }) => {
    skip((await missing({ needs: ['php'] })).length > 0, 'not run: no php on this machine')
    const all = fc.sample(text, 500)
    expect(printed('php', '-r', `echo json_encode([${all.map(phpQuoted).join(', ')}]);`)).toEqual(all)
  })

  it('in C#, Go and Java, whose escapes JSON has too', () => {
    fc.assert(
      fc.property(text, (one) => {
        for (const quoted of [csharpQuoted, goQuoted, javaQuoted]) {
          expect(JSON.parse(quoted(one))).toBe(one)
          expect(quoted(one)).not.toMatch(/[\n\r\u0085\u2028\u2029\uFEFF]/)
        }
        expect(javaQuoted(one)).toMatch(/^[ -~]*$/)
      }),
    )
  })
})
