/** Keys that many tests of one worker share: making an RSA key takes seconds. */
import type { TestType } from '@playwright/test'
import { test as base } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'

interface Keys {
  /** The worker's key of a type, named after it; nobody may change it. */
  keyOfType: (keyType: string) => Promise<{ identity: string }>
}

type WithKeys<Test> = Test extends TestType<infer Each, infer Shared> ? TestType<Each, Shared & Keys> : never

export const test: WithKeys<typeof base> = base.extend<object, Keys>({
  keyOfType: [
    async ({ server }, use) => {
      const made = new Map<string, Promise<{ identity: string }>>()
      const { thalassa } = gatewayClient(server.url)
      await use((keyType) => {
        const key = made.get(keyType) ?? thalassa.create({ name: `shared ${keyType}`, keyType })
        made.set(keyType, key)
        return key
      })
    },
    { scope: 'worker' },
  ],
})
