import { Activity, FlaskConical, IdCard, KeyRound, LayoutDashboard, type LucideIcon, Plug } from 'lucide-react'
import { cloudOf } from '../clouds/queries.ts'
import type { Links } from '../pages/paths.ts'
import { useConnections } from '../pages/use-keys.ts'

/** A main screen: the rail, the palette and the shortcuts are made from this one list. */
interface Screen {
  readonly label: string
  readonly to: (links: Links) => string
  readonly Icon: LucideIcon
  /** After `g`, it leads here. */
  readonly shortcut: string
  /** With the number of keys beside it. */
  readonly showsKeyCount?: boolean
  /** Only where a connected cloud has API keys to manage. */
  readonly needsIam?: boolean
}

const screens: readonly Screen[] = [
  { label: 'Overview', to: (links) => links.overview(), Icon: LayoutDashboard, shortcut: 'o' },
  { label: 'Keys', to: (links) => links.keys(), Icon: KeyRound, shortcut: 'k', showsKeyCount: true },
  { label: 'Playground', to: (links) => links.playground(), Icon: FlaskConical, shortcut: 'p' },
  { label: 'API keys', to: (links) => links.apiKeys(), Icon: IdCard, shortcut: 'a', needsIam: true },
  { label: 'Activity', to: (links) => links.activity(), Icon: Activity, shortcut: 'v' },
  { label: 'Connections', to: (links) => links.connections(), Icon: Plug, shortcut: 'n' },
]

/** Those that the connected clouds have something for. */
export function useScreens(): readonly Screen[] {
  const managesAccess = useConnections().some(({ id }) => cloudOf(id).iam !== undefined)
  return screens.filter(({ needsIam: needsAccess = false }) => managesAccess || !needsAccess)
}
