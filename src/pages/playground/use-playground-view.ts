import { useSearchParams } from 'react-router'
import type { KeyAddress } from '../../clouds/model.ts'
import type { PlaygroundOperation } from './operations.ts'
import { addressText, type PlaygroundView, readView, writeOperation } from './view.ts'

export interface PlaygroundViewControl extends PlaygroundView {
  readonly choose: (address: KeyAddress) => void
  /** With another key where an address is given. */
  readonly open: (operation: PlaygroundOperation, address?: KeyAddress) => void
  /** No key, so that every operation can be chosen. */
  readonly release: (operation: PlaygroundOperation) => void
}

/** The chosen key and operation, kept in the URL. */
export function usePlaygroundView(): PlaygroundViewControl {
  const [params, setParams] = useSearchParams()
  const change = (edit: (params: URLSearchParams) => void) =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      edit(next)
      return next
    })
  return {
    ...readView(params),
    choose: (address) => change((next) => next.set('key', addressText(address))),
    open: (operation, address) =>
      change((next) => {
        if (address) next.set('key', addressText(address))
        writeOperation(next, operation)
      }),
    release: (operation) =>
      change((next) => {
        next.delete('key')
        writeOperation(next, operation)
      }),
  }
}
