/** URL of the playground: the selected key and the tab, and nothing that was typed or of a file. */

import type { KeyAddress } from '../../clouds/model.ts'
import { type CryptographicOperation, cryptographicOperationIds } from '../../clouds/operations.ts'
import { useSearchParams } from '../../router/react.tsx'
import { formatKeyAddress, parseKeyAddress } from '../key-address.ts'
import { projectIn } from '../use-project.ts'

/** Parameter that names the operation, and its value for the tab File. */
const TAB = 'op'
export const FILE = 'file'

export type FileMode = 'encrypt' | 'decrypt'

export interface PlaygroundUrl {
  /** Encrypt on the tab File. */
  readonly operation: CryptographicOperation
  /** What the tab File does; undefined on the tabs of operations. */
  readonly fileMode?: FileMode
  readonly address?: KeyAddress
  /** Whether the URL names something that is no address of a key. */
  readonly invalid: boolean
}

/** Whether a place of the playground is the tab File. */
export const isFileTab = ({ search }: { readonly search: string }): boolean =>
  new URLSearchParams(search).get(TAB) === FILE

export function readPlaygroundUrl(params: URLSearchParams): PlaygroundUrl {
  const tab = params.get(TAB)
  const text = params.get('key')
  const address = text === null ? undefined : parseKeyAddress(text, { project: projectIn(params) })
  return {
    operation: cryptographicOperationIds.find((id) => id === tab) ?? 'encrypt',
    ...(tab === FILE ? { fileMode: params.get('tab') === 'decrypt' ? 'decrypt' : 'encrypt' } : {}),
    ...(address ? { address } : {}),
    invalid: text !== null && address === undefined,
  }
}

/** Leaves the default operation out. */
function writeOperation(params: URLSearchParams, operation: CryptographicOperation): void {
  params.delete('tab')
  if (operation === 'encrypt') params.delete(TAB)
  else params.set(TAB, operation)
}

export interface PlaygroundUrlControl extends PlaygroundUrl {
  readonly selectKey: (address: KeyAddress) => void
  /** Selects another key too where an address is given. */
  readonly openOperation: (operation: CryptographicOperation, address?: KeyAddress) => void
  readonly openFile: (mode: FileMode) => void
  /** Selects no key, so that every operation can be opened. */
  readonly clearKey: (operation?: CryptographicOperation) => void
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
    openFile: (mode) =>
      change((next) => {
        next.set(TAB, FILE)
        if (mode === 'encrypt') next.delete('tab')
        else next.set('tab', mode)
      }),
    clearKey: (operation) =>
      change((next) => {
        next.delete('key')
        if (operation) writeOperation(next, operation)
      }),
  }
}
