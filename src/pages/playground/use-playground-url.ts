import { useSearchParams } from 'react-router'
import type { KeyAddress } from '../../clouds/model.ts'
import type { PlaygroundOperation } from '../shared/operations.ts'
import { addressText, type PlaygroundUrl, readPlaygroundUrl, writeOperation } from './playground-url.ts'

export interface PlaygroundUrlControl extends PlaygroundUrl {
  readonly selectKey: (address: KeyAddress) => void
  /** With another key where an address is given. */
  readonly openOperation: (operation: PlaygroundOperation, address?: KeyAddress) => void
  /** No key, so that every operation can be chosen. */
  readonly clearKey: (operation: PlaygroundOperation) => void
}

/** The chosen key and operation, kept in the URL. */
export function usePlaygroundUrl(): PlaygroundUrlControl {
  const [params, setParams] = useSearchParams()
  const change = (edit: (params: URLSearchParams) => void) =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      edit(next)
      return next
    })
  return {
    ...readPlaygroundUrl(params),
    selectKey: (address) => change((next) => next.set('key', addressText(address))),
    openOperation: (operation, address) =>
      change((next) => {
        if (address) next.set('key', addressText(address))
        writeOperation(next, operation)
      }),
    clearKey: (operation) =>
      change((next) => {
        next.delete('key')
        writeOperation(next, operation)
      }),
  }
}
