/** URL state of the Files page: the tab and the encrypting key, as in the playground. Nothing of a file. */
import { useSearchParams } from 'react-router'
import type { KeyAddress } from '../../clouds/model.ts'
import { formatKeyAddress, parseKeyAddress } from '../key-address.ts'
import { projectIn } from '../use-project.ts'

export const tabs = ['encrypt', 'decrypt'] as const
export type FilesTab = (typeof tabs)[number]

export interface FilesView {
  readonly tab: FilesTab
  readonly address?: KeyAddress
}

export function readFilesView(params: URLSearchParams): FilesView {
  const address = parseKeyAddress(params.get('key') ?? '', { project: projectIn(params) })
  return { tab: params.get('tab') === 'decrypt' ? 'decrypt' : 'encrypt', ...(address ? { address } : {}) }
}

export function useFilesView() {
  const [params, setParams] = useSearchParams()
  const change = (edit: (params: URLSearchParams) => void) =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      edit(next)
      return next
    })
  return {
    ...readFilesView(params),
    choose: (address: KeyAddress) => change((next) => next.set('key', formatKeyAddress(address))),
    open: (tab: FilesTab) =>
      change((next) => {
        if (tab === 'encrypt') next.delete('tab')
        else next.set('tab', tab)
      }),
  }
}
