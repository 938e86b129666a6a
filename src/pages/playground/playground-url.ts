/** URL of the playground: the selected key and the operation, and nothing that was typed. */
import { useSearchParams } from 'react-router'
import type { KeyAddress } from '../../clouds/model.ts'
import { type CryptographicOperation, cryptographicOperationIds } from '../../clouds/operations.ts'
import { formatKeyAddress, parseKeyAddress } from '../key-address.ts'
import { projectIn } from '../use-project.ts'

export interface PlaygroundUrl {
  readonly operation: CryptographicOperation
  readonly address?: KeyAddress
  /** Whether the URL names something that is no address of a key. */
  readonly invalid: boolean
}

export function readPlaygroundUrl(params: URLSearchParams): PlaygroundUrl {
  const op = params.get('op')
  const text = params.get('key')
  const address = text === null ? undefined : parseKeyAddress(text, { project: projectIn(params) })
  return {
    operation: cryptographicOperationIds.find((id) => id === op) ?? 'encrypt',
    ...(address ? { address } : {}),
    invalid: text !== null && address === undefined,
  }
}

/** Leaves the default operation out. */
function writeOperation(params: URLSearchParams, operation: CryptographicOperation): void {
  if (operation === 'encrypt') params.delete('op')
  else params.set('op', operation)
}

export interface PlaygroundUrlControl extends PlaygroundUrl {
  readonly selectKey: (address: KeyAddress) => void
  /** Selects another key too where an address is given. */
  readonly openOperation: (operation: CryptographicOperation, address?: KeyAddress) => void
  /** Selects no key, so that every operation can be opened. */
  readonly clearKey: (operation: CryptographicOperation) => void
}

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
    selectKey: (address) => change((next) => next.set('key', formatKeyAddress(address))),
    openOperation: (operation, address) =>
      change((next) => {
        if (address) next.set('key', formatKeyAddress(address))
        writeOperation(next, operation)
      }),
    clearKey: (operation) =>
      change((next) => {
        next.delete('key')
        writeOperation(next, operation)
      }),
  }
}
