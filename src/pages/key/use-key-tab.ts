import { useSearchParams } from 'react-router'

const keyTabs = ['overview', 'versions', 'rotation'] as const
export type KeyTab = (typeof keyTabs)[number]

/** The chosen tab, which is `tab` in the URL; the overview is left out. */
export function useKeyTab(): readonly [KeyTab, (tab: KeyTab) => void] {
  const [params, setParams] = useSearchParams()
  const tab = keyTabs.find((candidate) => candidate === params.get('tab')) ?? 'overview'
  const choose = (next: KeyTab) => {
    const changed = new URLSearchParams(params)
    if (next === 'overview') changed.delete('tab')
    else changed.set('tab', next)
    setParams(changed, { preventScrollReset: true })
  }
  return [tab, choose]
}
