import { rfc } from '../spec.ts'
import { addParameter, parameterOf } from './edit-request.ts'
import { always, type Fault, type Setting } from './fault.ts'
import { invalidRequest } from './form-faults.ts'

/** @see RFC 6749 section 3.3 */
const invalidScope = {
  weight: 'must',
  spec: rfc(6749, '3.3'),
  statuses: [400],
  codes: ['invalid_scope'],
} as const

const scoped = ({ config }: Setting): string | null =>
  config.scope.trim() === '' ? 'The request asks for no scope.' : null

/** A scope that no server has. */
export const unknownScope = 'no.such.scope'

/** What is wrong with what is asked for. */
export const scopeFaults = {
  'scope-beyond': {
    label: 'Unknown scope',
    unless: always,
    change: {
      kind: 'config',
      to: (config) => ({ ...config, scope: `${config.scope} ${unknownScope}`.trim() }),
    },
    altered: ['scope'],
    says: `The scope has ${unknownScope} in it, which no server has.`,
    expects: { ...invalidScope, accepted: 'with less scope' },
  },
  'scope-malformed': {
    label: 'A scope that is malformed',
    unless: always,
    change: { kind: 'config', to: (config) => ({ ...config, scope: 'a"b' }) },
    altered: ['scope'],
    says: 'The scope has a quotation mark in it, which no scope may have.',
    expects: {
      ...invalidScope,
      codes: ['invalid_scope', 'invalid_request'],
      accepted: { noted: 'The server issued a token, as if the scope had not been asked for.' },
    },
  },
  'no-scope': {
    label: 'No scope',
    unless: scoped,
    change: { kind: 'config', to: (config) => ({ ...config, scope: '' }) },
    altered: [],
    says: 'The body has no scope.',
    expects: {
      ...invalidScope,
      accepted: 'fits',
      noted: { invalid_request: 'The server wants a scope, and says so by another code.' },
    },
  },
  'scope-duplicate': {
    label: 'The same scope twice',
    unless: scoped,
    change: {
      kind: 'config',
      to: (config) => ({ ...config, scope: `${config.scope} ${config.scope.split(' ')[0] ?? ''}` }),
    },
    altered: ['scope'],
    says: 'One scope is twice in the list.',
    expects: {
      ...invalidScope,
      weight: 'note',
      codes: ['invalid_scope', 'invalid_request'],
      accepted: 'fits',
    },
  },
  'repeated-parameter': {
    label: 'scope sent twice',
    unless: scoped,
    change: {
      kind: 'request',
      to: (request) => addParameter(request, 'scope', parameterOf(request, 'scope') ?? ''),
    },
    altered: ['scope'],
    says: 'The body has the parameter scope twice.',
    expects: { ...invalidRequest, spec: rfc(6749, '3.2') },
  },
  'resource-unknown': {
    label: 'Unknown resource',
    unless: always,
    change: {
      kind: 'config',
      to: (config) => ({ ...config, resource: [...config.resource, 'https://unknown.invalid/'] }),
    },
    altered: ['resource'],
    says: 'resource names an API that cannot exist.',
    expects: {
      weight: 'note',
      spec: rfc(8707, '2'),
      statuses: [400],
      codes: ['invalid_target'],
      accepted: {
        noted: 'The server issued a token all the same: it does not look at resource, or grants another.',
      },
    },
  },
} as const satisfies Readonly<Record<string, Fault>>
