/** Keys shared by the tests of one file: generating an RSA key takes seconds. */
import { test as base } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'

interface Keys {
  /** The key of a type, named after it. No test may change it. */
  keyOfType: (keyType: string) => Promise<{ identity: string }>
}

/** Keys by server and type. */
const made = new Map<string, Promise<{ identity: string }>>()

export const test = base.extend<Keys>({
  keyOfType: async ({ server }, use) => {
    const { thalassa } = gatewayClient(server.url)
    await use((keyType) => {
      const at = `${server.url} ${keyType}`
      const key = made.get(at) ?? thalassa.create({ name: `shared ${keyType}`, keyType })
      made.set(at, key)
      return key
    })
  },
})
