import { describe, expect, it } from 'vitest'
import { explainVerdict } from '../explain.ts'
import { findReason } from '../reason.ts'
import { factsOf } from '../refusal-testing.ts'

/** What is said of `invalid_target` with those words, of a request for these resources. */
const told = (words: string, ...resource: readonly string[]) => {
  const facts = factsOf({ error: 'invalid_target', words })
  const asked = { ...facts, config: { ...facts.config, resource } }
  const verdict = findReason(asked, null, [])
  const { title, fixes } = explainVerdict(verdict, asked)
  const changes = fixes.flatMap((fix) => (typeof fix === 'object' && 'change' in fix ? [fix.change] : []))
  return { title, cause: verdict.reasons[0]?.id, certainty: verdict.certainty, changes }
}

const mcp = 'https://mcp.example/mcp'
const without = { resource: [] }

describe('RFC 8707 2: invalid_target of oidc-provider', () => {
  it.each<[words: string, cause: string, title: string, resource: string, mended: readonly string[]]>([
    [
      'resource indicator must not contain a fragment component',
      'resource-malformed',
      'The resource has a fragment',
      `${mcp}#tools`,
      [mcp],
    ],
    [
      'resource indicator must be an absolute URI',
      'resource-malformed',
      'The resource is no absolute URI',
      'mcp.example/mcp',
      [mcp],
    ],
    [
      'resource indicator must be an absolute URI',
      'resource-malformed',
      'The resource is no absolute URI',
      'the MCP server',
      [],
    ],
    ['unknown resource', 'resource-unknown', 'The server does not know the resource', `${mcp}/`, [mcp]],
    [
      'unknown resource',
      'resource-unknown',
      'The server does not know the resource',
      'https://mcp.example/',
      ['https://mcp.example'],
    ],
    ['unknown resource', 'resource-unknown', 'The server does not know the resource', mcp, []],
  ])('%s, which is %s: %s (%s)', (words, cause, title, resource, mended) => {
    expect(told(words, resource)).toEqual({
      title,
      cause,
      certainty: 'likely',
      changes: [...mended.map((one) => ({ resource: [one] })), without],
    })
  })

  it('of two resources asks for one of them', () => {
    const words = 'only a single resource indicator value is supported for this grant type'
    expect(told(words, mcp, 'https://api.example')).toMatchObject({
      cause: 'resource-single',
      changes: [{ resource: [mcp] }, { resource: ['https://api.example'] }],
    })
  })
})
