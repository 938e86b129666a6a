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

test.each(['0.0.0.0', '::'])('a server for this machine only refuses %s', async (host) => {
  await expect(listen({ ...here, host, onlyLoopback: 'Leave HOST.' })).rejects.toThrow(
    `Can't listen on port 0 of ${host}: other machines would reach it. Leave HOST.`,
  )
})

test('a server for this machine only listens on loopback', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const { isOpen, close } = await listen({ ...here, host, onlyLoopback: 'Leave HOST.' })
    expect(isOpen).toBe(false)
    await close()
  }
})

test('a name that is not there is reported with the remedy', async () => {
  await expect(listen({ ...here, host: 'nowhere.invalid' })).rejects.toThrow(
    "Can't listen on port 0 of nowhere.invalid: this machine has no such address. Set PORT",
  )
})

test('a port in use is reported with the remedy', async () => {
  const { port, close } = await listen(here)
  onTestFinished(close)
  await expect(listen({ ...here, port })).rejects.toThrow(
    `Can't listen on port ${port} of 127.0.0.1: it is in use. Set PORT (0 for any free port) or HOST.`,
  )
})
