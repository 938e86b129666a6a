/** Test server with a real proxy on this machine. */
import { randomBytes } from 'node:crypto'
import { openTestServer } from '../../testing/server.ts'
import type { Every, XksOptions } from '../options.ts'
import { startXksProxy } from './xks-proxy.ts'

export const STORES = '/v2/key-store'

/** Timer that tests run themselves. */
export function createManualTimer() {
  const tasks = new Set<() => void>()
  const every: Every = (_, task) => {
    tasks.add(task)
    return () => void tasks.delete(task)
  }
  return { every, running: () => tasks.size }
}

export async function openServerWithProxy({ lookUp }: Pick<XksOptions, 'lookUp'> = {}) {
  const proxy = await startXksProxy()
  const timer = createManualTimer()
  // Far more than an answer takes, and little for tests of a proxy that does not answer.
  const xks = { allowPrivate: true, deadline: 1000, every: timer.every, ...(lookUp && { lookUp }) }
  const server = await openTestServer({ revision: '2026-11', xks })
  const settings = { endpoint: proxy.endpoint, auth: proxy.auth }

  async function newStore(name = randomBytes(6).toString('hex')): Promise<string> {
    const { body } = await server.post(STORES, { name, proxy: settings })
    return `${STORES}/${body.id}`
  }

  return {
    server,
    proxy,
    timer,
    settings,
    /** Creates a store and returns its path. */
    newStore,
    async connectedStore(): Promise<string> {
      const store = await newStore()
      await server.post(`${store}/connect`)
      return store
    },
    async close() {
      await server.close()
      await proxy.close()
    },
  }
}

export type ServerWithProxy = Awaited<ReturnType<typeof openServerWithProxy>>
