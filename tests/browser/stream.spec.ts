import type { ServerResponse } from 'node:http'
import { listenOnLoopback } from '../servers/loopback.ts'
import { expect, test as base } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

/** An API whose responses go on: what it sends next is up to the test. */
interface Streaming {
  readonly url: string
  /** Sends more of the response that is open, or ends it. */
  readonly write: (text: string) => void
  readonly end: () => void
}

const test = base.extend<{ streaming: Streaming }>({
  streaming: async ({ guard }, use) => {
    const listener = await listenOnLoopback()
    guard.allowOrigin(listener.origin)
    let open: ServerResponse | null = null
    listener.serve((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.setHeader('Access-Control-Allow-Headers', '*, Authorization')
      if (request.method === 'OPTIONS') response.end()
      else {
        open = response
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
      }
    })
    await use({
      url: `${listener.origin}/events`,
      write: (text) => open?.write(text),
      end: () => open?.end(),
    })
    await listener.close()
  },
})

const events = ({ response }: PlaygroundPage) => response.getByRole('list', { name: 'Events' })

/** Calls the API, and waits until the headers of its response are on screen. */
async function call(playground: PlaygroundPage, { url }: Streaming): Promise<void> {
  await playground.getToken.click()
  await expect(playground.token).toContainText('Decoded payload')
  await playground.field('API URL').fill(url)
  await playground.page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.response).toContainText(/200 OK\s*Stream open for \d+\ss, 0 events/)
  await expect(playground.rawResponse).toContainText('content-type: text/event-stream')
}

test('a stream is shown as it comes: status and headers before the body, events one by one', async ({
  playground,
  streaming,
}) => {
  await call(playground, streaming)
  streaming.write('event: progress\ndata: {"done": 1}\n\nda')
  await expect(playground.response).toContainText('1 event')
  await expect(events(playground)).toContainText('1 progress')
  // A line that has not come whole may have a part of a secret in it.
  expect(await playground.rawResponse.textContent()).toMatch(/"done": 1\}\s*$/)
  streaming.write('ta: <b>two</b>\nid: 7\n\n')
  await expect(events(playground).getByRole('listitem').nth(1)).toContainText('2 message id 7 <b>two</b>')
  streaming.end()
  await expect(playground.response).toContainText('2 events.')
  await expect(playground.response.getByRole('button', { name: 'Stop' })).toBeHidden()
  await expect(playground.rawResponse).toContainText('data: {"done": 1}')
})

test('Stop ends the reading and loses nothing; another exchange can be looked at meanwhile', async ({
  playground,
  streaming,
}) => {
  await call(playground, streaming)
  streaming.write('data: one\n\n')
  await expect(events(playground)).toContainText('one')
  await playground.page.getByRole('button', { name: '1 token request 200' }).click()
  await expect(playground.rawResponse).toContainText('access_token')
  await expect(events(playground)).toBeHidden()
  await playground.page.getByRole('button', { name: 'Next' }).click()
  await playground.response.getByRole('button', { name: 'Stop' }).click()
  await expect(playground.response).toContainText('200 OK, stopped')
  await expect(playground.response).toContainText('You stopped reading, and the stream was still open.')
  await expect(events(playground)).toContainText('one')
  await expect(playground.rawResponse).toContainText('data: one')
})

test('a stream that is open when the time is over is as it should be', async ({ playground, streaming }) => {
  await playground.field('Timeout').fill('2')
  await call(playground, streaming)
  await expect(playground.response).toContainText('200 OK, still open')
  await expect(playground.response).toContainText('No event came. The stream is open, as it should be')
  await expect(playground.response).toContainText('The page got nothing of the body.')
})
