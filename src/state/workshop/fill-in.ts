import type { Start } from '../../lib/lessons/lesson.ts'
import { emptyApiCall } from '../../lib/oauth/config/api-call.ts'
import { practiceClients } from '../../lib/practice/clients/clients.ts'
import { chooseClient } from '../form-keys.ts'
import type { Playground } from '../playground.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'

/**
 * Fills in what a lesson begins with, and sends nothing.
 * @param isUnderWay whether it still is: it may be left while a key is made, and then the form is the user's again
 */
export async function fillIn(playground: Playground, start: Start, isUnderWay: () => boolean): Promise<void> {
  const { connection } = playground
  const { use } = toolsOf(playground)
  connection.choose(start.server)
  // A copy: no form of the user is this very object, so that what is waited for is never written into one.
  connection.adopt({ ...connection.server.config })
  const client = practiceClients.find(({ client_id }) => client_id === start.client)
  if (client) await chooseClient(playground, client)
  if (!isUnderWay()) return
  connection.edit(start.config)
  // As in a page that was just opened: a server that wants its nonce has to say so.
  connection.setNonce(connection.config.token_endpoint, null)
  // Whole: what the user typed for another API, header fields with a secret too, is not for that of a lesson.
  use.take({ ...(use.targets[0]?.call ?? emptyApiCall), ...start.call })
  playground.plan('token')
}
