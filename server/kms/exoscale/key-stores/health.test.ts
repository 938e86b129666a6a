import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at } from '../testing/expectations.ts'
import { openServerWithProxy, type ServerWithProxy } from './testing/stores.ts'

let opened: ServerWithProxy
beforeEach(async () => {
  opened = await openServerWithProxy()
})
afterEach(() => opened.close())

const checks = () => opened.proxy.seen.filter(({ path }) => path.endsWith('/health')).length

describe('health checks', () => {
  test('are of connected stores only, and their result is read with the store', async () => {
    const { server, proxy, newStore, connectedStore } = opened
    await newStore()
    const store = await connectedStore()
    const before = checks()
    server.advance(60_000)
    proxy.behave({ kind: 'error', status: 503, name: 'DependencyTimeoutException' })
    await server.api.checkKeyStores()
    expect((await server.get(store)).body).toMatchObject({
      status: 'connected',
      health: { status: 'unhealthy', 'status-reason': 'proxy-refused', 'checked-at': at(server.clock.now()) },
    })
    proxy.behave({ kind: 'works' })
    await server.api.checkKeyStores()
    expect((await server.get(store)).body).toMatchObject({ health: { status: 'healthy' } })
    expect(checks()).toBe(before + 1)
    await server.post(`${store}/disconnect`)
    await server.api.checkKeyStores()
    expect(checks()).toBe(before + 1)
  })

  test('run one at a time', async () => {
    const { server, connectedStore } = opened
    await connectedStore()
    const before = checks()
    await Promise.all([server.api.checkKeyStores(), server.api.checkKeyStores()])
    expect(checks()).toBe(before + 1)
  })

  test('one proxy that fails does not keep the others from being checked', async () => {
    const { server, connectedStore } = opened
    const [first, second] = [await connectedStore(), await connectedStore()]
    await server.post(`${first}/update`, { proxy: { endpoint: 'http://127.0.0.1:1' } })
    server.advance(60_000)
    await server.api.checkKeyStores()
    expect((await server.get(first)).body).toMatchObject({
      health: { status: 'unhealthy', 'status-reason': 'proxy-unreachable' },
    })
    expect((await server.get(second)).body).toMatchObject({ health: { 'checked-at': at(server.clock.now()) } })
  })

  test('end with the server', async () => {
    const { server, timer } = opened
    expect(timer.running()).toBe(1)
    await server.restart()
    expect(timer.running()).toBe(1)
    server.api.close?.()
    expect(timer.running()).toBe(0)
  })
})
