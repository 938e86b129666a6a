import { useQueries } from '@tanstack/react-query'
import { detailsOf } from '../../clouds/errors.ts'
import type { KeyAddress, KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'

export interface SelectedKey {
  readonly key?: KmsKey
  readonly error?: Error
  readonly loading: boolean
  readonly retry: () => void
}

const isAt = (key: KmsKey, { cloud, location, key: id }: KeyAddress) =>
  key.cloud === cloud && key.location === location && (key.id === id || key.slug === id)

/**
 * The key of an address: read by itself, and as the list has it until the answer comes.
 * @param listed keys that are known already
 */
export function useSelectedKey(address: KeyAddress | undefined, listed: readonly KmsKey[]): SelectedKey {
  const wanted = address ? [address] : []
  const [result] = useQueries({ queries: wanted.map((one) => queries.key(one)) })
  if (!address || !result) return { loading: false, retry: () => undefined }
  const fromList = listed.find((key) => isAt(key, address))
  const error = result.data === undefined ? result.error : null
  // A list that was read before the key was destroyed still holds it.
  const gone = error !== null && detailsOf(error).reason === 'not-found'
  const key = result.data ?? (gone ? undefined : fromList)
  return {
    ...(key ? { key } : {}),
    ...(error && !key ? { error } : {}),
    loading: key === undefined && error === null,
    retry: () => void result.refetch(),
  }
}
