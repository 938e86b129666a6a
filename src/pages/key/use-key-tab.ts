import { useSearchParams } from 'react-router'
import { algorithmNamed } from '../../clouds/algorithms.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { projectIn } from '../use-project.ts'

export type KeyTab = 'overview' | 'versions' | 'rotation' | 'replicas' | 'public-key' | 'export' | 'code' | 'activity'

export const tabLabels: Readonly<Record<KeyTab, string>> = {
  overview: 'Overview',
  versions: 'Versions',
  rotation: 'Rotation',
  replicas: 'Replicas',
  'public-key': 'Public key',
  export: 'Export',
  code: 'Code',
  activity: 'Activity',
}

/** Tabs that this key has. */
export function tabsOf(key: KmsKey): readonly KeyTab[] {
  const { publicKeys, operations } = cloudOf(key.cloud)
  const asymmetric = publicKeys !== undefined && algorithmNamed(key.type)?.publicKey === true
  return [
    'overview',
    'versions',
    'rotation',
    ...(operations.replicate ? (['replicas'] as const) : []),
    ...(asymmetric ? (['public-key'] as const) : []),
    ...(operations.export ? (['export'] as const) : []),
    'code',
    'activity',
  ]
}

/** Selected tab, `tab` in the URL; the overview is omitted there. */
export function useKeyTab(tabs: readonly KeyTab[]): readonly [KeyTab, (tab: KeyTab) => void] {
  const [params, setParams] = useSearchParams()
  const tab = tabs.find((candidate) => candidate === params.get('tab')) ?? 'overview'
  const choose = (next: KeyTab) => {
    const project = projectIn(params)
    // Other parameters belong to the tab that is left, except the project.
    setParams(
      { ...(next === 'overview' ? {} : { tab: next }), ...(project === undefined ? {} : { project }) },
      { preventScrollReset: true },
    )
  }
  return [tab, choose]
}
