import type { Explained, Explanation } from '../../explanation/explanation.ts'
import { type RefusedCall, seesAll, sentScheme, wantedSchemes } from './refused-call.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { scopeCauses } from './insufficient-scope.ts'
import { invalidToken } from './invalid-token.ts'
import { boundKey } from '../response/token-facts.ts'

/** Explains a refusal that names no error: by its status, and by the schemes it asks for. @see RFC 9110 section 11.6.1 */
export function withoutCode(refused: RefusedCall): Explanation {
  const { status, challenges } = refused.reading
  if (status === 403) return { title: '403 without a reason', ...forbidden(refused) }
  if (challenges.length === 0) return { title: '401 without a reason a page can read', ...hidden(refused) }
  const sent = sentScheme(refused)?.toLowerCase() ?? ''
  const wanted = wantedSchemes(refused)
  return wanted.includes(sent) || refused.known.challengeIsGeneric
    ? { title: '401 without an error code', ...sameScheme(refused) }
    : { title: 'The API wants another scheme', ...otherScheme(refused) }
}

/** The scope is the usual reason: ASP.NET Core responds so if a policy fails. */
function forbidden(refused: RefusedCall): Explained {
  const { causes, fixes } = scopeCauses(refused)
  return {
    meaning: 'The API knows the token and says no, without a reason in OAuth’s terms.',
    certainty: 'possible',
    causes: [
      ...causes,
      'A rule of the API wants a role or a claim the token does not have.',
      'A firewall or gateway in front of the API stopped the call, or does not accept this page’s Origin.',
    ],
    fixes: [...fixes, 'Read the API’s log at the time of this call.'],
    spec: [rfc(9110, '15.5.4'), rfc(6750, '3.1')],
  }
}

function hidden(refused: RefusedCall): Explained {
  const suspects = invalidToken(refused)
  const where = seesAll(refused)
    ? 'The API sends no WWW-Authenticate with it, though every 401 must have one.'
    : 'No WWW-Authenticate can be read: the API leaves it out, or CORS hides it from the page. Nothing tells the two apart here.'
  return {
    ...suspects,
    meaning: `The API did not accept the token. ${where}`,
    fixes: [
      ...(seesAll(refused)
        ? []
        : [
            'Let the API send Access-Control-Expose-Headers: WWW-Authenticate, so that its reason can be read.',
          ]),
      ...suspects.fixes,
    ],
    spec: [rfc(9110, '15.5.2'), rfc(9110, '11.6.1'), ...suspects.spec],
  }
}

/** "If the request lacks any authentication information [...] the resource server SHOULD NOT include an error code". */
function sameScheme(refused: RefusedCall): Explained {
  const suspects = invalidToken(refused)
  return {
    ...suspects,
    meaning:
      'The API asks for the very scheme that was used, and gives no error code: as if no token had reached it, or it does not say what is wrong.',
    causes: [...suspects.causes, 'A proxy or gateway before the API removed the Authorization header.'],
    spec: [rfc(6750, '3.1'), ...suspects.spec],
  }
}

function otherScheme(refused: RefusedCall): Explained {
  const { token } = refused
  const wanted = wantedSchemes(refused)
  const named = quoted([...new Set(refused.reading.challenges.map(({ scheme }) => scheme))].join(', '))
  const meaning = `The token was sent under ${sentScheme(refused) ?? 'no scheme'}, and the API asks for ${named}.`
  if (wanted.includes('dpop')) {
    const bound = boundKey(token.claims) !== null
    return {
      meaning,
      certainty: 'certain',
      causes: ['The API accepts tokens that are bound to a key, with a proof.'],
      fixes: [
        ...(bound
          ? []
          : [
              {
                text: 'Bind the token to a key, and get a new one',
                change: { dpop: { on: true } },
              },
            ]),
        { text: 'Send the token under DPoP, with a proof', call: { presentation: 'dpop' } },
      ],
      spec: [rfc(9449, '7.1')],
    }
  }
  if (wanted.includes('bearer')) {
    return {
      meaning,
      certainty: 'likely',
      causes: ['The API does not know DPoP.'],
      fixes: [
        { text: 'Send the token as a Bearer token', call: { presentation: 'bearer' } },
        { text: 'Get a token that is bound to no key', change: { dpop: { on: false } } },
      ],
      spec: [rfc(9449, '7.2')],
    }
  }
  return {
    meaning,
    certainty: 'likely',
    causes: [
      'A proxy before the API wants a login of its own.',
      'The API does not accept access tokens at this path.',
    ],
    fixes: ['Compare the URL with the API’s documentation.'],
    spec: [rfc(9110, '11.6.1')],
  }
}
