import { useEffect } from 'react'
import { hasPublicKey } from '../../clouds/key-algorithm.ts'
import { operationOf } from '../../clouds/key-operations.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { useSearchParams } from '../../router/react.tsx'
import { projectIn } from '../use-project.ts'
import { isMultiZone } from './replicas.ts'

export type KeyTab = 'overview' | 'rotation' | 'replicas' | 'public-key' | 'code' | 'access' | 'activity'

export const tabLabels: Readonly<Record<KeyTab, string>> = {
  overview: 'Overview',
  rotation: 'Versions and rotation',
  replicas: 'Replicas',
  'public-key': 'Public key',
  code: 'Code',
  access: 'Access',
  activity: 'Activity',
}

/**
 * Tabs that this key has.
 * @param signsIn whether people sign in, and have roles
 */
export function tabsOf(key: KmsKey, signsIn: boolean): readonly KeyTab[] {
  return [
    'overview',
    ...(key.rotation.never === undefined ? (['rotation'] as const) : []),
    ...(operationOf(key, 'replicate') && isMultiZone(key) ? (['replicas'] as const) : []),
    ...(hasPublicKey(key) ? (['public-key'] as const) : []),
    'code',
    ...(signsIn || cloudOf(key.cloud).keyAccess ? (['access'] as const) : []),
    'activity',
  ]
}

/** Ids of former tabs, which links still name. */
const formerTabs = new Map<string, KeyTab>([
  ['versions', 'rotation'],
  ['export', 'overview'],
])

/** Selected tab, `tab` in the URL; the overview is omitted there. */
export function useKeyTab(tabs: readonly KeyTab[]): readonly [KeyTab, (tab: KeyTab) => void] {
  const [params, setParams] = useSearchParams()
  const named = params.get('tab') ?? 'overview'
  const moved = formerTabs.get(named)
  const tab = tabs.find((candidate) => candidate === (moved ?? named)) ?? 'overview'
  const choose = (next: KeyTab, replace = false) => {
    const project = projectIn(params)
    // Other parameters belong to the tab that is left, except the project.
    setParams(
      { ...(next === 'overview' ? {} : { tab: next }), ...(project === undefined ? {} : { project }) },
      { replace },
    )
  }
  useEffect(() => {
    if (moved !== undefined) choose(moved, true)
  })
  return [tab, (next) => choose(next)]
}

/** Whether the link names the former tab of the export, now a dialog. */
export const namesExport = (params: URLSearchParams): boolean => params.get('tab') === 'export'
