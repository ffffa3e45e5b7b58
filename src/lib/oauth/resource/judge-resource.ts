import { httpUrl, withoutSlash } from '../../http/http-url.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { MetadataCheck } from '../discovery/metadata-check.ts'
import { insertedUrl } from './resource-place.ts'

/** How the `resource` of the metadata is related to the one that was asked for. */
type ResourceKind =
  | 'identical'
  /** Another text that leads to the same metadata: a slash after the host, a default port, the case of the host. */
  | 'spelling'
  | 'slash'
  /** The same origin with a shorter path, or without the query. */
  | 'prefix'
  | 'other'
  | 'missing'
  | 'not-a-url'
  /** It was pasted, and nothing was asked for. */
  | 'unasked'

/** What may be done with the metadata: `yes`, `no`, or `click`, once the user has said so against the standard. */
type Usable = 'yes' | 'click' | 'no'

export interface ResourceJudgement extends MetadataCheck {
  readonly kind: ResourceKind
  readonly usable: Usable
  /** What was asked for and what is named, to be shown next to each other; `null` if they are the same, or one is not there. */
  readonly values: { readonly asked: string; readonly named: string } | null
  /** A resource to look for instead, at its own place; `null` if there is none. */
  readonly startFrom: string | null
}

/**
 * Compares the `resource` of the metadata with what was asked for: the identifier that the metadata URL was made of or, if the URL
 * came from a challenge, the URL that was called. By characters, without normalization.
 * @param named `undefined` if it is missing or no string
 * @param asked `null` if the metadata were pasted, and nothing was asked for
 * @see RFC 9728 section 3.3
 */
export function judgeResource(named: string | undefined, asked: string | null): ResourceJudgement {
  const kind = kindOf(named, asked)
  const usable = usableOf[kind]
  const differs = usable !== 'yes' || kind === 'spelling'
  return {
    kind,
    usable,
    member: 'resource',
    result: usable === 'yes' ? (kind === 'identical' ? 'pass' : 'note') : 'fail',
    ...words[kind](quoted(named ?? '')),
    values: differs && named !== undefined && asked !== null ? { asked, named: quoted(named) } : null,
    startFrom: usable !== 'yes' && kind !== 'not-a-url' ? (named ?? null) : null,
    spec: rfc(9728, kind === 'missing' || kind === 'not-a-url' ? '2' : '3.3'),
  }
}

function kindOf(named: string | undefined, asked: string | null): ResourceKind {
  if (named === undefined) return 'missing'
  if (named === asked) return 'identical'
  const [theirs, ours] = [httpUrl(named), httpUrl(asked ?? undefined)]
  // "an absolute URI ... MUST NOT include a fragment"
  if (!theirs || /[#\s]/.test(named) || theirs.username !== '' || theirs.password !== '') return 'not-a-url'
  if (!ours) return 'unasked'
  if (insertedUrl(named) === insertedUrl(ours.href)) return 'spelling'
  if (theirs.origin !== ours.origin) return 'other'
  const [shorter, longer] = [withoutSlash(theirs.pathname), withoutSlash(ours.pathname)]
  if (shorter === longer && theirs.search === ours.search) return 'slash'
  const isPart = theirs.search === '' && (longer === shorter || longer.startsWith(`${shorter}/`))
  return isPart ? 'prefix' : 'other'
}

const usableOf: Readonly<Record<ResourceKind, Usable>> = {
  identical: 'yes',
  spelling: 'yes',
  unasked: 'yes',
  prefix: 'click',
  slash: 'no',
  other: 'no',
  missing: 'no',
  'not-a-url': 'no',
}

const words: Readonly<Record<ResourceKind, (named: string) => Pick<MetadataCheck, 'what' | 'found'>>> = {
  identical: () => ({
    what: 'The resource is the one that was asked for',
    found: 'The metadata name it character by character.',
  }),
  spelling: (named) => ({
    what: 'The API spells its resource differently',
    found: `Both lead to these metadata. Its own spelling goes into the token request: ${named}`,
  }),
  unasked: () => ({
    what: 'The metadata were pasted',
    found:
      'So nothing shows that the API itself serves them. Compare the resource with the URL that you call.',
  }),
  slash: (named) => ({
    what: named.endsWith('/')
      ? 'The API’s resource ends with a slash'
      : 'The API’s resource has no slash at its end',
    found: 'Resources are compared character by character. Its metadata at its own URL can be used.',
  }),
  prefix: (named) => ({
    what: 'The metadata are those of a part of this URL',
    found: `They are about ${named}. On a shared host that may be somebody else’s, who would choose the server that gets your secret.`,
  }),
  other: () => ({
    what: 'The metadata are those of another resource',
    found: 'They say nothing of the API that was asked for, and a token for the other one is of no use here.',
  }),
  missing: () => ({
    what: 'The metadata name no resource',
    found: 'It is required, and the only proof that this document speaks for the API that was asked for.',
  }),
  'not-a-url': (named) => ({
    what: 'The resource is not an http: or https: URL',
    found: `It says “${named}”. A resource identifier is a URL without a fragment or a password.`,
  }),
}
