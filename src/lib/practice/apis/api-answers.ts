import type { PracticeApi } from './apis.ts'
import type { CheckLog } from '../base/check-log.ts'
import { echo } from './echo.ts'
import type { TokenClaims } from '../base/token-records.ts'

/** What an API answers once a token is found good. */
interface ApiAnswer {
  /** Being asked by its method, as the list of checks names it. */
  readonly what: string
  readonly answer: (claims: TokenClaims, request: Request, checks: CheckLog) => object | Promise<object>
}

const greet = ({ sub, scope }: TokenClaims) => ({ greeting: `Hello, ${sub}!`, scope })

export const apiAnswers: Readonly<Record<PracticeApi['id'], ApiAnswer>> = {
  greeting: { what: 'GET the greeting', answer: greet },
  echo: { what: 'POST to the echo', answer: (_claims, request, checks) => echo(request, checks) },
  reports: {
    what: 'GET the reports',
    answer: ({ client_id, scope }) => ({ reports: [`The tokens of ${client_id}`], scope }),
  },
  bound: {
    what: 'GET the bound greeting',
    answer: (claims) => ({ ...greet(claims), bound_to: claims.cnf?.jkt }),
  },
  introspected: { what: 'GET the introspected greeting', answer: greet },
  quiet: { what: 'GET the quiet greeting', answer: greet },
}
