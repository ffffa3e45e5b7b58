import { describe, expect, it } from 'vitest'
import { serversFor } from '../servers/servers.ts'
import { knownOf } from './known.ts'
import { subjectOfFile } from './subject-of-file.ts'
import { rowIds } from './table.ts'

const all = serversFor('http://localhost:9000').flatMap(({ kind }) =>
  rowIds.flatMap((id) => {
    const known = knownOf(kind, id)
    return known ? [{ kind, id, ...known }] : []
  }),
)

describe('what is known of a product', () => {
  it('is a sentence, and a page of its documentation or that there is no setting', () => {
    expect(all.length).toBeGreaterThan(50)
    for (const { says, link } of all) {
      expect(says).toMatch(/\.$/)
      expect(link === null).toBe(says.endsWith('It has no setting for that.'))
      if (link) expect(link.href).toMatch(/^https:\/\//)
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
