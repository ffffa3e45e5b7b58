import type { Fix } from '../explanation/explanation.ts'
import { isLoopback } from '../http/http-url.ts'
import type { Rule } from './causes/rule.ts'
import { type CauseId, diagnosis, type Diagnosis } from './causes/causes.ts'
import { certificateAlternatives, certificateRules, untrustedAlternatives } from './causes/certificate.ts'
import { corsAlternatives, corsRules } from './causes/cors-rules.ts'
import { fineRules } from './causes/fine.ts'
import { policyAlternatives, policyRules } from './causes/policy.ts'
import {
  besideMetadataMethodRules,
  besideMetadataRules,
  preflightAlternatives,
  preflightRules,
  simpleReadRules,
} from './causes/preflight.ts'
import {
  postAlternatives,
  postDroppedRules,
  reachedRules,
  reachRules,
  unreachedRules,
} from './causes/reach.ts'
import { redirectAlternatives, redirectRules, aspnetRedirectRules } from './causes/redirect.ts'
import { timeRules } from './causes/time.ts'
import type { Evidence } from './evidence/evidence.ts'
import { observations } from './evidence/observations.ts'
import { isHopeless } from './evidence/static-findings.ts'
import { howFar } from './how-far.ts'
import { type Symptoms, symptomsOf } from './evidence/symptoms.ts'

/** The decision table: the first row that fits is the first cause, the others follow. */
const rules: readonly Rule<CauseId>[] = [
  ...policyRules,
  ...redirectRules,
  ...timeRules,
  ...reachRules,
  ...certificateRules,
  ...aspnetRedirectRules,
  ...reachedRules,
  ...unreachedRules,
  ...certificateAlternatives,
  ...preflightRules,
  ...simpleReadRules,
  ...postDroppedRules,
  ...besideMetadataMethodRules,
  ...besideMetadataRules,
  ...corsRules,
  ...postAlternatives,
  ...corsAlternatives,
  ...preflightAlternatives,
  ...untrustedAlternatives,
  ...redirectAlternatives,
  ...policyAlternatives,
  ...fineRules,
]

const unknown: Rule<CauseId> = { cause: 'unknown', certainty: 'likely', when: () => true }

/**
 * The causes that fit what was observed, the most likely first; never none. A page does not learn why a fetch failed, so
 * what is `certain` follows from a rule of the browser or from a probe that nothing else explains.
 */
export function diagnose(evidence: Evidence): readonly [Diagnosis, ...Diagnosis[]] {
  const symptoms = symptomsOf(evidence)
  const fitting = rules.filter(({ when }) => when(symptoms))
  // What never left the browser has no other cause.
  const [first = unknown, ...others] = isHopeless(evidence) ? fitting.slice(0, 1) : fitting
  const distinct = others.filter(
    ({ cause }, index) =>
      cause !== first.cause && others.findIndex((other) => other.cause === cause) === index,
  )
  return [
    { ...pointed(first, symptoms), ladder: howFar(first.cause, symptoms) },
    ...distinct.map((rule) => pointed(rule, symptoms)),
  ]
}

function pointed({ cause, certainty, because }: Rule<CauseId>, symptoms: Symptoms): Diagnosis {
  const told = diagnosis(cause, symptoms, typeof certainty === 'string' ? certainty : certainty(symptoms), [
    ...(because?.(symptoms) ?? []),
    ...observations(symptoms),
  ])
  return { ...told, fixes: forUser(told.fixes, symptoms) }
}

/** At a server that is not the user’s own there is nothing to set up: the relay is the first way out. */
function forUser(fixes: readonly Fix[], { url }: Symptoms): readonly Fix[] {
  const isRelay = (fix: Fix): boolean => typeof fix === 'object' && 'relay' in fix
  return isLoopback(url) ? fixes : [...fixes.filter(isRelay), ...fixes.filter((fix) => !isRelay(fix))]
}
