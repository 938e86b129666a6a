import { test as base, inject } from 'vitest'

const env = inject('kms')

const post = async (path: string, body?: object) => {
  const response = await fetch(`${env.THALASSA_API_ENDPOINT}/_kms/${path}`, {
    method: 'POST',
    body: JSON.stringify(body ?? {}),
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as { id: string }
}

/** Each test gets the KMS as its seed made it. */
export const test = base.extend<{ kms: { env: typeof env; snapshot(): Promise<() => Promise<unknown>> } }>({
  kms: [
    async ({ task: _task }, use) => {
      await post('reset')
      await use({
        env,
        /** Answers a function that puts everything back to this moment. */
        async snapshot() {
          const { id } = await post('snapshot')
          return () => post('restore', { snapshot: id })
        },
      })
    },
    { auto: true },
  ],
})
