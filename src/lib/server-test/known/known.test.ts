import { describe, expect, it } from 'vitest'
import { serversFor } from '../../servers/servers.ts'
import { knownOf } from './known.ts'
import { subjectOfFile } from '../subject-of-file.ts'
import { rowIds } from '../table.ts'

const all = serversFor('http://localhost:9000').flatMap(({ kind }) =>
  rowIds.flatMap((id) => {
    const known = knownOf(kind, id)
    return known ? [{ kind, id, ...known }] : []
  }),
)

describe('what is known of a product', () => {
  it('is a sentence, and a page of its documentation, an issue, or that there is no setting', () => {
    expect(all.length).toBeGreaterThan(100)
    for (const { kind, id, says, link } of all) {
      const where = `${kind} ${id}: ${says}`
      expect(says, where).toMatch(/^\S.*\.$/)
      // A link is to the page of a setting, or to an issue of its makers.
      if (link === null) expect(says, where).toMatch(/ No setting for that is known\.$/)
      else expect(new URL(link.href).protocol, where).toBe('https:')
      if (link && / No setting for that is known\.$/.test(says))
        expect(link.href, where).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w.-]+\/issues\/\d+$/)
    }
  })

  it('is of a row that can deviate, and names the product or what to do at it', () => {
    for (const { kind, id, says } of all) {
      expect(id, kind).not.toBe('baseline')
      expect(says, `${kind} ${id}`).not.toMatch(/\b(takes?|took|beside|held against|answers?)\b/)
    }
  })

  it('is found by the addresses in a file, if those are of one product alone', async () => {
    const productOf = async (token_endpoint: string) => {
      const made = await subjectOfFile({ token_endpoint, client: { client_id: 'c' } })
      return made.ok ? made.subject.product : 'no subject'
    }
    expect(await productOf('http://localhost:8080/realms/lab/protocol/openid-connect/token')).toBe('keycloak')
    expect(await productOf('http://localhost:8000/oauth2/token')).toBeNull()
    expect(await productOf('http://localhost:3000/token')).toBeNull()
  })

  it('is nothing of one that nobody knows, and of what it does right', () => {
    expect(knownOf(null, 'challenge')).toBeNull()
    expect(knownOf('own', 'challenge')).toBeNull()
    expect(knownOf('keycloak', 'baseline')).toBeNull()
  })
})
