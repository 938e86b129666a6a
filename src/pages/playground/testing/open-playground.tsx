import { queryClient } from '../../../app/query-client.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import type { CryptographicOperation } from '../../../clouds/operations.ts'
import { queries } from '../../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../../clouds/testing/answers.ts'
import { fillCache } from '../../../testing/query-cache.ts'
import { render } from '../../../testing/render.tsx'
import { linksIn } from '../../paths.ts'
import PlaygroundPage from '../PlaygroundPage.tsx'

interface Options {
  readonly op?: CryptographicOperation
  /** Keys of the lists, all in the selected key's location. */
  readonly listed?: readonly KmsKey[]
  /** Answers of the gateway; other calls never end. */
  readonly answers?: Answers
}

/** Opens the playground with a key, in a console whose lists hold the given keys. Returns the router. */
export function openPlayground(key: KmsKey, { op, listed = [], answers = {} }: Options = {}) {
  answerCalls(answers, 'none')
  const { cloud, location } = key
  const clouds = listed.length > 0 ? [{ id: cloud, mode: 'live' as const, endpoint: 'https://kms.test' }] : []
  fillCache({ clouds, locations: [{ cloud, id: location, available: true }], keys: listed })
  queryClient.setQueryData(queries.key(addressOf(key)).queryKey, key)
  return render(<PlaygroundPage />, { path: linksIn().playground(addressOf(key), op ? { op } : {}) })
}
