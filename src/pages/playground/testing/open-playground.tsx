import { vi } from 'vitest'
import { queryClient } from '../../../app/query-client.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import type { CryptographicOperation } from '../../../clouds/operations.ts'
import { queries } from '../../../clouds/queries.ts'
import { render } from '../../../testing/render.tsx'
import { linksIn } from '../../paths.ts'
import PlaygroundPage from '../PlaygroundPage.tsx'

interface Options {
  readonly op?: CryptographicOperation
  /** Keys of the lists, all in the selected key's location. */
  readonly listed?: readonly KmsKey[]
  /** Answer of the KMS by the last part of the path; other requests stay without an answer. */
  readonly answers?: Readonly<Record<string, object>>
}

/** Opens the playground with a key, in a console whose lists hold the given keys. Returns the router. */
export function openPlayground(key: KmsKey, { op, listed = [], answers = {} }: Options = {}) {
  vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const answer = answers[String(input).replace(/.*\//, '')]
    return answer ? Promise.resolve(Response.json(answer)) : new Promise(() => undefined)
  })
  const { cloud, location } = key
  const clouds = listed.length > 0 ? [{ id: cloud, mode: 'live' as const, endpoint: 'https://kms.test' }] : []
  queryClient.setQueryData(queries.session().queryKey, { version: '1.0.0', readOnly: false, clouds })
  queryClient.setQueryData(queries.locations(cloud).queryKey, [{ cloud, id: location, available: true }])
  queryClient.setQueryData(queries.keys(cloud, location).queryKey, [...listed])
  queryClient.setQueryData(queries.key(addressOf(key)).queryKey, key)
  return render(<PlaygroundPage />, { path: linksIn().playground(addressOf(key), op ? { op } : {}) })
}
