import { useSuspenseQuery } from '@tanstack/react-query'
import { CircleHelp, CircleUser, type LucideIcon, Monitor, Moon, SquareTerminal, Sun } from 'lucide-react'
import { type HTMLAttributes, type ReactElement, type ReactNode, Suspense } from 'react'
import { queries } from '../clouds/queries.ts'
import { formatNumber } from '../lib/numbers.ts'
import { openOverlay } from '../pages/overlay.ts'
import { formatWithout } from '../pages/shared/key-count.ts'
import { useTimeZone } from '../pages/time-zone.ts'
import { useKnownKeyCount } from '../pages/use-keys.ts'
import { useLinks } from '../pages/use-project.ts'
import { NavLink } from '../router/react.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { lazyComponent } from '../ui/lazy-component.ts'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { HelpDialog, PersonDialog, RequestsDrawer } from './Overlays.tsx'
import { useRequestCount } from './requests/use-request-log.ts'
import { useScreens } from './screens.ts'
import { useTheme } from './theme.ts'

const ApprovalCount = lazyComponent(() => import('./ApprovalCount.tsx').then(({ ApprovalCount }) => ApprovalCount), {
  silent: true,
})

const itemClass = `flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-sm text-fg-muted transition-colors
  duration-(--duration-fast) hover:bg-hover hover:text-fg max-[640px]:h-11
  aria-[current=page]:bg-active aria-[current=page]:text-fg aria-[current=page]:[&_svg]:text-accent-fg
  aria-[current=page]:forced-highlight`

interface ItemProps {
  label: string
  compact: boolean
  children: ReactElement<HTMLAttributes<HTMLElement>>
}

/** A compact item shows its label in a tooltip. */
const Item = ({ label, compact, children }: ItemProps) =>
  compact ? (
    <Tooltip text={label} side="right">
      {children}
    </Tooltip>
  ) : (
    children
  )

interface FootButtonProps {
  label: string
  Icon: LucideIcon
  compact: boolean
  end: ReactNode
  preload: () => void
  onPress: () => void
}

function FootButton({ label, Icon, compact, end, preload, onPress }: FootButtonProps) {
  return (
    <Item label={label} compact={compact}>
      <button
        type="button"
        aria-haspopup="dialog"
        onPointerEnter={preload}
        onFocus={preload}
        onClick={onPress}
        className={`${itemClass} ${compact ? 'justify-center' : ''}`}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none text-fg-subtle" />
        <span className={compact ? 'sr-only' : ''}>{label}</span>
        {compact ? null : (
          <span aria-hidden="true" className="ml-auto font-normal text-fg-subtle text-xs tabular-nums">
            {end}
          </span>
        )}
      </button>
    </Item>
  )
}

/** Logo: a keyhole on a tile. */
function Logo() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 flex-none text-accent" aria-hidden="true">
      <rect width="20" height="20" rx="5" fill="currentColor" />
      <path
        d="M10 4.6a3.1 3.1 0 0 1 1.5 5.8l.9 4.6H7.6l.9-4.6A3.1 3.1 0 0 1 10 4.6z"
        className="fill-(--color-accent-ink)"
      />
    </svg>
  )
}

const themes = [
  { value: 'system', label: 'System', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const

function ThemeSwitch({ vertical = false }: { vertical?: boolean }) {
  const { choice, choose } = useTheme()
  return (
    <SegmentedControl
      label="Theme"
      options={themes}
      value={choice}
      onChange={choose}
      className={vertical ? 'flex-col' : ''}
    />
  )
}

const zones = [
  { value: 'local', label: 'Local' },
  { value: 'utc', label: 'UTC' },
] as const

function TimeZoneSwitch({ vertical = false }: { vertical?: boolean }) {
  const { choice, choose } = useTimeZone()
  return (
    <SegmentedControl
      label="Time zone"
      options={zones}
      value={choice}
      onChange={choose}
      className={vertical ? 'flex-col [&>label]:px-0.5 [&>label]:text-2xs' : ''}
    />
  )
}

/** Navigation. `compact` shows only icons, with labels as tooltips. */
export function Rail({ compact = false, onNavigate }: { compact?: boolean; onNavigate?: () => void }) {
  const keyCount = useKnownKeyCount()
  const screens = useScreens()
  const requests = useRequestCount()
  const { person } = useSuspenseQuery(queries.session()).data
  const links = useLinks()
  return (
    <div className="flex h-full flex-col border-line border-r bg-sunken">
      <div className={`flex h-(--topbar) flex-none items-center gap-2.5 ${compact ? 'justify-center' : 'px-4'}`}>
        <Logo />
        {compact ? null : <span className="font-semibold text-sm">KMS Console</span>}
      </div>
      <nav aria-label="Main" className="grid grid-cols-[minmax(0,1fr)] gap-px p-2">
        {screens.map(({ label, to, Icon, showsKeyCount: counted = false, needsApprovals = false }) => (
          <Item key={label} label={label} compact={compact}>
            <NavLink
              to={to(links)}
              className={`${itemClass} ${compact ? 'justify-center' : ''}`}
              {...(onNavigate ? { onClick: onNavigate } : {})}
            >
              <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none text-fg-subtle" />
              <span className={compact ? 'sr-only' : ''}>{label}</span>
              {counted && !compact && keyCount !== undefined && keyCount.keys > 0 ? (
                <span
                  aria-hidden="true"
                  title={formatWithout(keyCount)}
                  className="ml-auto truncate font-normal text-fg-subtle text-xs tabular-nums"
                >
                  {formatNumber(keyCount.keys)} {formatWithout(keyCount)}
                </span>
              ) : null}
              {needsApprovals && !compact ? (
                <Suspense>
                  <ApprovalCount />
                </Suspense>
              ) : null}
            </NavLink>
          </Item>
        ))}
      </nav>
      <div className="mt-auto grid gap-px border-line border-t p-2">
        <FootButton
          label="Requests"
          Icon={SquareTerminal}
          compact={compact}
          end={formatNumber(requests)}
          preload={RequestsDrawer.preload}
          onPress={() => {
            onNavigate?.()
            openOverlay({ kind: 'requests' })
          }}
        />
        {person ? (
          <FootButton
            label={person.name}
            Icon={CircleUser}
            compact={compact}
            end={null}
            preload={PersonDialog.preload}
            onPress={() => {
              onNavigate?.()
              openOverlay({ kind: 'person' })
            }}
          />
        ) : null}
        <FootButton
          label="Help and shortcuts"
          Icon={CircleHelp}
          compact={compact}
          end={<Kbd>?</Kbd>}
          preload={HelpDialog.preload}
          onPress={() => {
            onNavigate?.()
            openOverlay({ kind: 'help' })
          }}
        />
        <div className={`flex items-center pt-1 ${compact ? 'justify-center' : 'justify-between pl-2'}`}>
          {compact ? null : <span className="text-fg-subtle text-xs">Theme</span>}
          <ThemeSwitch vertical={compact} />
        </div>
        <div className={`flex items-center pt-1 ${compact ? 'justify-center' : 'justify-between pl-2'}`}>
          {compact ? null : <span className="text-fg-subtle text-xs">Time zone</span>}
          <TimeZoneSwitch vertical={compact} />
        </div>
      </div>
    </div>
  )
}
