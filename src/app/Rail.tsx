import { Activity, FlaskConical, KeyRound } from 'lucide-react'
import { NavLink } from 'react-router'
import { formatNumber } from '../lib/numbers.ts'
import { paths } from '../pages/paths.ts'
import { useKnownKeyCount } from '../pages/use-keys.ts'
import { useProject } from '../pages/use-project.ts'
import { Logo } from './Logo.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'

const entries = [
  { label: 'Keys', to: paths.keys.to, Icon: KeyRound, counted: true },
  {
    label: 'Playground',
    to: (project?: string) => paths.playground.to(undefined, {}, project),
    Icon: FlaskConical,
    counted: false,
  },
  {
    label: 'Activity',
    to: (project?: string) => paths.activity.to(undefined, project),
    Icon: Activity,
    counted: false,
  },
] as const

const look = `flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-sm text-fg-muted transition-colors
  duration-(--duration-fast) hover:bg-hover hover:text-fg max-[640px]:h-11
  aria-[current=page]:bg-active aria-[current=page]:text-fg aria-[current=page]:[&_svg]:text-accent-fg`

/** Navigation. `compact` shows icons alone, with the words as names and titles. */
export function Rail({ compact = false, onNavigate }: { compact?: boolean; onNavigate?: () => void }) {
  const keyCount = useKnownKeyCount()
  const project = useProject()
  return (
    <div className="flex h-full flex-col border-line border-r bg-sunken">
      <div className={`flex h-(--topbar) flex-none items-center gap-2.5 ${compact ? 'justify-center' : 'px-4'}`}>
        <Logo />
        {compact ? null : <span className="font-semibold text-sm">KMS Console</span>}
      </div>
      <nav aria-label="Main" className="grid gap-px p-2">
        {entries.map(({ label, to, Icon, counted }) => (
          <NavLink
            key={label}
            to={to(project)}
            title={compact ? label : undefined}
            className={`${look} ${compact ? 'justify-center' : ''}`}
            {...(onNavigate ? { onClick: onNavigate } : {})}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none text-fg-subtle" />
            <span className={compact ? 'sr-only' : ''}>{label}</span>
            {counted && !compact && keyCount > 0 ? (
              <span aria-hidden="true" className="ml-auto font-normal text-fg-subtle text-xs tabular-nums">
                {formatNumber(keyCount)}
              </span>
            ) : null}
          </NavLink>
        ))}
      </nav>
      <div
        className={`mt-auto flex items-center border-line border-t p-2 ${compact ? 'justify-center' : 'justify-between pl-4'}`}
      >
        {compact ? null : <span className="text-fg-subtle text-xs">Theme</span>}
        <ThemeSwitch vertical={compact} />
      </div>
    </div>
  )
}
