import { rfc } from '../../spec.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import { whyNone } from '../../jwt/decode/opaque.ts'
import { cleanToken } from '../../jwt/extract/token-text.ts'
import { quoted } from '../../text/quoted.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import { foundTokens, whereBroken } from '../response/found-tokens.ts'
import { notTheToken } from './not-the-token.ts'
import { type Answer, type Nonconforming, type Shape, text } from '../response/read-response.ts'

/**
 * Explains a response that is neither a token response nor an error response.
 *
 * @param refusal what its status and its words say, if it is a refusal all the same
 */
export function explainShape({ shape, answer }: Nonconforming, refusal: Explanation | null): Explanation {
  const { status } = answer.response
  const { title, meaning, causes, fixes } = { ...shapes[shape], ...seen(shape, answer) }
  const isPlaced = refusal?.ladder?.some(({ state }) => state === 'stopped here') === true
  // Words that name no stage are no refusal, but what a program wrote instead of a token.
  if (!refusal || (shape === 'words' && !isPlaced)) {
    return {
      title: `${title} (status ${status})`,
      meaning,
      causes,
      certainty: causes.length === 0 ? 'certain' : 'likely',
      fixes,
      spec: [rfc(6749, '5.1')],
    }
  }
  if (shape === 'words')
    return { ...refusal, meaning: `access_token has these words in it, and no token. ${refusal.meaning}` }
  if (refusal.certainty === 'certain') return refusal
  // One reason alone says more than the form of the response.
  const isTold = refusal.certainty === 'likely' && refusal.causes.length === 0
  if (isTold && (status < 500 || isPlaced) && telling.includes(shape))
    return {
      ...refusal,
      meaning:
        status < 300
          ? refusal.meaning
          : `${refusal.meaning} It came as ${title.replace(/^A(?=n? )/, 'a')} (status ${status}).`,
    }
  return {
    ...refusal,
    title: `${title} (status ${status})`,
    meaning: `${meaning} ${refusal.meaning}`,
    causes: refusal.causes.length > 0 ? refusal.causes : [refusal.title],
  }
}

/** What says why in words of its own. */
const telling: readonly Shape[] = ['no-error', 'no-token', 'no-object', 'problem', 'xml', 'text', 'html']

/** What is seen in the body, beyond its shape: words, where it breaks off, and a token that can be used. */
function seen(shape: Shape, answer: Answer): Partial<Row> {
  if (shape === 'words') return inWords(text(answer, 'access_token') ?? '')
  const found = foundTokens(answer)
  const offers = found.map(({ name, value }) => ({
    text: name === '' ? 'Use the token that is in it' : `Use the token under “${quoted(name)}”`,
    token: value,
  }))
  const [first] = found
  if (shape === 'no-token' && first) return { ...otherName(first.name), fixes: [...offers, fixServer] }
  if (shape === 'no-token') return notTheToken(answer.members) ?? {}
  const broken = shape === 'broken-json' && answer.body.kind === 'text' ? whereBroken(answer.body.text) : {}
  return { ...broken, ...(offers.length === 0 ? {} : { fixes: [...offers, ...shapes[shape].fixes] }) }
}

const fixServer = 'Change the server: the member is called access_token, at the top of the JSON object.'

function otherName(name: string): Partial<Row> {
  const isIdToken = /id_?token$/i.test(name)
  if (name === 'access_token')
    return {
      title: 'access_token is a list with the token in it',
      meaning: 'A client looks for a text in access_token: to it there is no token.',
      causes: [],
    }
  return {
    title: isIdToken
      ? 'An ID token, and no access_token'
      : `The token is under “${quoted(name)}”, not access_token`,
    meaning: isIdToken
      ? 'An ID token tells a client who signed in. With this grant nobody does, and no API should accept it.'
      : 'The response has a token, and clients look for it in access_token alone: to them there is none.',
    causes: [],
  }
}

function inWords(words: string): Partial<Row> {
  const instead = placeholderIn(words)
  return {
    ...(instead && {
      title: 'No token in access_token',
      causes: ['A program on the way wrote a variable that has no token in it.'],
      fixes: [
        'Look in the server’s log for the reason.',
        'Change the server: access_token is the token itself.',
      ],
    }),
    meaning: `The server says: “${quoted(words)}”, in access_token. ${whyNone(cleanToken(words).token) ?? ''}`,
  }
}

const checkUrl = 'Compare the URL with token_endpoint in the server’s metadata.'

type Row = Pick<Explanation, 'title' | 'meaning' | 'causes' | 'fixes'>

const notAnEndpoint = 'The URL is a page of the server, not its token endpoint.'

const shapes: Readonly<Record<Shape, Row>> = {
  empty: {
    title: 'An empty response',
    meaning: 'The server responded without a body.',
    causes: [notAnEndpoint, 'A proxy or firewall responded in the server’s place.'],
    fixes: [checkUrl, 'Read the server’s log at the time of this request.'],
  },
  binary: {
    title: 'A response that is not text',
    meaning: 'The body is binary; a token response is JSON.',
    causes: [notAnEndpoint],
    fixes: [checkUrl],
  },
  'too-large': {
    title: 'A very large response',
    meaning: 'The body is too large to be a token response, so it was not read as one. It is shown raw.',
    causes: [notAnEndpoint],
    fixes: [checkUrl],
  },
  html: {
    title: 'A web page instead of a token',
    meaning: 'The server responded with HTML.',
    causes: [notAnEndpoint, 'A login page, an error page or a proxy’s page came in between.'],
    fixes: [checkUrl, 'Open the URL in a tab to see the page.'],
  },
  problem: {
    title: 'A problem document instead of an OAuth error',
    meaning: 'The server describes the problem as problem+json, which OAuth clients do not read.',
    causes: [
      'The request did not reach the part of the server that speaks OAuth.',
      'The server uses this format throughout.',
    ],
    fixes: ['Read title and detail in the body.', checkUrl],
  },
  'broken-json': {
    title: 'Broken JSON',
    meaning: 'The body starts like JSON but cannot be parsed.',
    causes: ['The body was cut off or mixed with other output.'],
    fixes: ['Look at the body as received.'],
  },
  'no-object': {
    title: 'JSON, but no object',
    meaning: 'A token response is a JSON object; this is another JSON value.',
    causes: [notAnEndpoint],
    fixes: [checkUrl],
  },
  'no-token': {
    title: 'JSON without an access_token',
    meaning: 'The response is a JSON object, but has no access_token that is a string.',
    causes: [
      'The server wraps its response, or names the token otherwise (token, accessToken, id_token).',
      notAnEndpoint,
    ],
    fixes: [checkUrl, 'If a member holds the token, paste it under “Decode a token you have”.'],
  },
  words: {
    title: 'Words in place of a token',
    meaning: 'access_token has words in it, and no token.',
    causes: [
      'The server refused, and put the reason where the token belongs.',
      'A program in between wrote a variable that has no token in it.',
    ],
    fixes: [
      'Look in the server’s log for the reason.',
      'Change the server: a refusal has status 400 or 401, and the member error.',
    ],
  },
  'no-error': {
    title: 'A refusal without an error code',
    meaning:
      'The server refused with JSON that has no error code of OAuth in it: a member error is missing, or has the status in words, as in the error page of a framework.',
    causes: ['An API gateway or framework responded in its own format.'],
    fixes: ['Read the body for its own words.', checkUrl],
  },
  xml: {
    title: 'XML instead of JSON',
    meaning: 'The server responded with XML, which OAuth clients do not read.',
    causes: ['A gateway or framework in front of the endpoint responded in its own format.', notAnEndpoint],
    fixes: ['Read the body for its own words.', checkUrl],
  },
  text: {
    title: 'Text instead of a token',
    meaning: 'The server responded with plain text.',
    causes: [notAnEndpoint, 'An error message of a framework or proxy.'],
    fixes: ['Read the body.', checkUrl],
  },
}
