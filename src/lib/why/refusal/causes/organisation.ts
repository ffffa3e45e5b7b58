import type { RefusalCause } from '../cause.ts'
import { cause } from './make.ts'

export const organisation = {
  'organisation-parent-not-listed': cause({
    stage: 'policy',
    title: 'The client may not act for this parent organisation',
    meaning: 'The client may not act for this parent organisation.',
    fixes: [],
    spec: [],
  }),
  'organisation-child-not-listed': cause({
    stage: 'policy',
    title: 'The client may not act for this child organisation',
    meaning: 'The client may not act for this child organisation.',
    fixes: [],
    spec: [],
  }),
  'organisation-number-format': cause({
    stage: 'assertion',
    title: 'An organisation number has not nine digits',
    meaning: 'An organisation number has not nine digits.',
    fixes: [],
    spec: [],
  }),
  'organisation-structure': cause({
    stage: 'assertion',
    title: 'The structure of assertion_details is not the one that HelseID takes',
    meaning: 'The structure of assertion_details is not the one that HelseID takes.',
    fixes: [],
    spec: [],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
