import { expect, onTestFinished, test } from 'vitest'
import { listen } from './listen.ts'

const fetch = async () => new Response('here')
const here = { fetch, host: '127.0.0.1', port: 0, variable: 'PORT' }

test('listens on any free port, and returns it', async () => {
  const { url, port, close } = await listen(here)
  expect(url).toBe(`http://127.0.0.1:${port}`)
  expect(await (await globalThis.fetch(url)).text()).toBe('here')
  await close()
  await expect(globalThis.fetch(url)).rejects.toThrow()
})

test('shows a usable address when listening on all', async () => {
  const { url, close } = await listen({ ...here, host: '0.0.0.0' })
  onTestFinished(close)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

test('a port in use is reported with the remedy', async () => {
  const { port, close } = await listen(here)
  onTestFinished(close)
  await expect(listen({ ...here, port })).rejects.toThrow(
    `Can't listen on port ${port} of 127.0.0.1: it is in use. Set PORT (0 for any free port) or HOST.`,
  )
})
