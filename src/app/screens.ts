import { useSuspenseQuery } from '@tanstack/react-query'
import {
  Activity,
  CheckCheck,
  FlaskConical,
  IdCard,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Plug,
} from 'lucide-react'
import { queries } from '../clouds/queries.ts'
import { cloudOf } from '../clouds/registry.ts'
import type { Links } from '../pages/paths.ts'
import { useConnections } from '../pages/use-keys.ts'

/** Main screen: source of the navigation, the palette and the shortcuts. */
interface Screen {
  readonly label: string
  readonly to: (links: Links) => string
  readonly Icon: LucideIcon
  /** Second key of the shortcut, after `g`. */
  readonly shortcut: string
  /** Shows the number of keys in the navigation. */
  readonly showsKeyCount?: boolean
  /** Shown only where a second person approves something, with the number that waits. */
  readonly needsApprovals?: boolean
  /** Shown only when a connected provider has API keys to manage. */
  readonly needsIam?: boolean
}

const screens: readonly Screen[] = [
  { label: 'Overview', to: (links) => links.overview(), Icon: LayoutDashboard, shortcut: 'o' },
  { label: 'Keys', to: (links) => links.keys(), Icon: KeyRound, shortcut: 'k', showsKeyCount: true },
  { label: 'Playground', to: (links) => links.playground(), Icon: FlaskConical, shortcut: 'p' },
  { label: 'API keys', to: (links) => links.apiKeys(), Icon: IdCard, shortcut: 'a', needsIam: true },
  {
    label: 'Approvals',
    to: (links) => links.approvals(),
    Icon: CheckCheck,
    shortcut: 'r',
    needsApprovals: true,
  },
  { label: 'Activity', to: (links) => links.activity(), Icon: Activity, shortcut: 'v' },
  { label: 'Connections', to: (links) => links.connections(), Icon: Plug, shortcut: 'n' },
]

/** Screens that the connected providers support. */
export function useScreens(): readonly Screen[] {
  const managesAccess = useConnections().some(({ id }) => cloudOf(id).iam !== undefined)
  const { approvals = [] } = useSuspenseQuery(queries.session()).data
  return screens.filter(
    ({ needsIam = false, needsApprovals = false }) =>
      (managesAccess || !needsIam) && (approvals.length > 0 || !needsApprovals),
  )
}
