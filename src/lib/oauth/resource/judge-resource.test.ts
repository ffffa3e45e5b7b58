import { describe, expect, it } from 'vitest'
import { judgeResource } from './judge-resource.ts'

const h = 'https://h.example'

describe('judgeResource', () => {
  it.each([
    ['identical', 'yes', `${h}/mcp`, `${h}/mcp`],
    ['identical', 'yes', h, h],
    // Both identifiers make the same metadata URL
    ['spelling', 'yes', h, `${h}/`],
    ['spelling', 'yes', `${h}/`, h],
    ['spelling', 'yes', 'https://H.example:443/mcp', `${h}/mcp`],
    ['slash', 'no', `${h}/mcp`, `${h}/mcp/`],
    ['slash', 'no', `${h}/mcp/`, `${h}/mcp`],
    ['prefix', 'click', `${h}/a/mcp`, h],
    ['prefix', 'click', `${h}/a/mcp`, `${h}/a`],
    ['prefix', 'click', `${h}/a/mcp`, `${h}/a/`],
    ['prefix', 'click', `${h}/mcp?tenant=a`, `${h}/mcp`],
    ['other', 'no', `${h}/mcp`, `${h}/mcp/deeper`],
    ['other', 'no', `${h}/mcp`, `${h}/mc`],
    ['other', 'no', `${h}/mcp?tenant=a`, `${h}/mcp?tenant=b`],
    ['other', 'no', `${h}/mcp`, `${h}/?tenant=b`],
    ['other', 'no', `${h}/mcp`, 'http://h.example/mcp'],
    ['other', 'no', `${h}/mcp`, 'https://h.example.evil.example/mcp'],
    ['other', 'no', `${h}/mcp`, 'https://h.example:8443'],
    ['other', 'no', `${h}/Mcp`, `${h}/mcp`],
    ['not-a-url', 'no', `${h}/mcp`, 'urn:api'],
    ['not-a-url', 'no', `${h}/mcp`, `${h}/mcp#top`],
    ['not-a-url', 'no', `${h}/mcp`, 'https://a:b@h.example/mcp'],
    ['not-a-url', 'no', `${h}/mcp`, ''],
    ['not-a-url', 'no', null, 'urn:api'],
    ['unasked', 'yes', null, `${h}/mcp`],
  ] as const)('3.3 "MUST be identical": %s, usable %s, asked %s, named %s', (kind, usable, asked, named) => {
    const judged = judgeResource(named, asked)
    expect(judged).toMatchObject({ kind, usable })
    expect(judged.result === 'fail').toBe(usable !== 'yes')
    expect(judged.startFrom).toBe(['slash', 'prefix', 'other'].includes(kind) ? named : null)
  })

  it('a resource that is missing cannot be used, nor started from', () => {
    expect(judgeResource(undefined, h)).toMatchObject({
      kind: 'missing',
      usable: 'no',
      startFrom: null,
      values: null,
    })
  })

  it('shows both texts if they differ', () => {
    expect(judgeResource(`${h}/`, h).values).toEqual({ asked: h, named: `${h}/` })
    expect(judgeResource(h, h).values).toBeNull()
  })
})
