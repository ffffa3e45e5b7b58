import { bodyLimit, charsetOf, cutBytes, cutText, toBodyText } from '../har/body-text.ts'
import { isoDate, partOf } from '../har/to-har.ts'
import type { Versions } from '../har/recorded.ts'
import { headerValue, type Outcome } from '../http/message.ts'
import { emptyConfig } from '../oauth/config/config.ts'
import { toStored } from '../saved/stored-config.ts'
import type { Explained } from './explained.ts'

/** What the file says it is. A member that changes its meaning makes another version; one that is added does not. */
const jsonFormat = { format: 'client-credentials-playground/exchanges', version: 1 } as const

/** The file without its exchanges. */
export const jsonHead = ({ version, commit, userAgent, now }: Versions, secrets: 'masked' | 'shown') => ({
  ...jsonFormat,
  exported: isoDate(now),
  page: { version, commit },
  browser: userAgent,
  secrets,
})

/** An exchange as plain JSON, for scripts: header fields as pairs, so that order and repeats are kept. */
export function jsonEntry({ exchange, about, config, explanation, whole }: Explained) {
  const { id, purpose, startedAt, duration, request, outcome, via } = exchange
  const { method, url, headers, body } = request
  const length = whole?.request ?? body?.length ?? 0
  const text = body === null ? null : cutText(body, bodyLimit)
  return {
    number: id,
    kind: about,
    purpose,
    started: isoDate(startedAt),
    duration_ms: duration,
    ...(via && { via }),
    configuration: toStored(config, emptyConfig),
    request: {
      method,
      url,
      headers,
      body: text,
      ...(text !== null && text.length < length && { body_length: length }),
    },
    outcome: { ...outcomeOf(outcome), ...responseOf(outcome, whole?.response) },
    explanation: explanation && {
      title: explanation.title,
      ...(explanation.success && { since_success: explanation.success.text }),
      ...(explanation.says && { says: explanation.says.words }),
      meaning: explanation.meaning,
      certainty: explanation.certainty,
      causes: explanation.causes,
      try: explanation.fixes.map((fix) => (typeof fix === 'string' ? fix : fix.text)),
      sections: explanation.spec.map(({ label, href }) => ({ label, href })),
    },
  }
}

function outcomeOf(outcome: Outcome): object {
  const { kind } = outcome
  if (kind === 'failure') return { kind, name: outcome.name, message: outcome.message }
  if (kind === 'aborted') return { kind, by: outcome.by }
  return { kind, ...(kind === 'response' && outcome.ended && { ended: outcome.ended }) }
}

function responseOf(outcome: Outcome, whole: number | undefined): object {
  const response = partOf(outcome)
  if (response === null) return {}
  const { status, statusText, headers, body } = response
  const shown = cutBytes(body, bodyLimit)
  const { text, encoding } = toBodyText(shown, charsetOf(headerValue(headers, 'content-type') ?? ''))
  const length = whole ?? body.length
  return {
    status,
    status_text: statusText,
    headers,
    ...(encoding ? { body_base64: text } : { body: text }),
    ...(shown.length < length && { body_length: length }),
  }
}
