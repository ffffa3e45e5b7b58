import type { RefusalCause } from '../cause.ts'
import { cause } from './make.ts'

export const client = {
  'client-id-missing': cause({
    stage: 'client',
    title: 'No client ID arrived, or none where the server looks for it',
    meaning: 'No client ID arrived, or none where the server looks for it.',
    fixes: [],
    spec: [],
  }),
  'client-id-too-long': cause({
    stage: 'client',
    title: 'The client ID is longer than the server takes',
    meaning: 'The client ID is longer than the server takes.',
    fixes: [],
    spec: [],
  }),
  'client-id-read-as-json': cause({
    stage: 'client',
    title: 'The server reads a client ID of digits as a number and fails',
    meaning: 'The server reads a client ID of digits as a number and fails.',
    fixes: [],
    spec: [],
  }),
  'client-unknown': cause({
    stage: 'client',
    title: 'The server has no client with this ID, or none that is enabled',
    meaning: 'The server has no client with this ID, or none that is enabled.',
    fixes: [],
    spec: [],
  }),
  'client-configuration-invalid': cause({
    stage: 'client',
    title: 'The client is defined in a way that the server holds invalid',
    meaning: 'The client is defined in a way that the server holds invalid.',
    fixes: [],
    spec: [],
  }),
  'basic-ignored': cause({
    stage: 'method',
    title: 'The server does not look at the Basic header at this endpoint',
    meaning: 'The server does not look at the Basic header at this endpoint.',
    fixes: [],
    spec: [],
  }),
  'method-other': cause({
    stage: 'method',
    title: 'The client is registered for another client authentication',
    meaning: 'The client is registered for another client authentication.',
    fixes: [],
    spec: [],
  }),
  'two-credentials': cause({
    stage: 'method',
    apiStage: 'header',
    title: 'The client authenticated in two ways at once',
    meaning: 'The client authenticated in two ways at once.',
    fixes: [],
    spec: [],
  }),
  'public-client': cause({
    stage: 'grant',
    title: 'The client is a public one, which has no secret and no client credentials',
    meaning: 'The client is a public one, which has no secret and no client credentials.',
    fixes: [],
    spec: [],
  }),
  'client-disabled': cause({
    stage: 'enabled',
    title: 'The client is disabled',
    meaning: 'The client is disabled.',
    fixes: [],
    spec: [],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
