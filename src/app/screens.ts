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
  readonly letter: string
  /** With the number of keys beside it. */
  readonly counted?: boolean
  /** Only where a connected cloud has API keys to manage. */
  readonly needsAccess?: boolean
}

const screens: readonly Screen[] = [
  { label: 'Overview', to: (links) => links.overview(), Icon: LayoutDashboard, letter: 'o' },
  { label: 'Keys', to: (links) => links.keys(), Icon: KeyRound, letter: 'k', counted: true },
  { label: 'Playground', to: (links) => links.playground(), Icon: FlaskConical, letter: 'p' },
  { label: 'API keys', to: (links) => links.apiKeys(), Icon: IdCard, letter: 'a', needsAccess: true },
  { label: 'Activity', to: (links) => links.activity(), Icon: Activity, letter: 'v' },
  { label: 'Connections', to: (links) => links.connections(), Icon: Plug, letter: 'n' },
]

/** Those that the connected clouds have something for. */
export function useScreens(): readonly Screen[] {
  const managesAccess = useConnections().some(({ id }) => cloudOf(id).access !== undefined)
  return screens.filter(({ needsAccess = false }) => managesAccess || !needsAccess)
}
