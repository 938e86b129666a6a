import { Menu } from 'lucide-react'
import { Suspense, useCallback, useState, useSyncExternalStore } from 'react'
import { clockAhead, onClockChange } from '../lib/current-time.ts'
import { MINUTE } from '../lib/dates.ts'
import { BreadcrumbSlot } from '../pages/shared/breadcrumb-slot.ts'
import { BulkActions } from '../pages/shared/key-actions/BulkActions.tsx'
import { Outlet, useLocation } from '../router/react.tsx'
import { lazyComponent } from '../ui/lazy-component.ts'
import { ToastProvider } from '../ui/Toast.tsx'
import { useRailRoom } from '../ui/use-media.ts'
import { ChunkErrorBanner } from './ChunkErrorBanner.tsx'
import { ConnectionChips } from './ConnectionChips.tsx'
import { FindButton } from './FindButton.tsx'
import { Overlays } from './Overlays.tsx'
import { Rail } from './Rail.tsx'
import { PageBoundary } from './RouteError.tsx'
import { useScrollRestoration } from './use-scroll-restoration.ts'

const ClockBanner = lazyComponent(() => import('./ClockBanner.tsx').then(({ ClockBanner }) => ClockBanner), {
  silent: true,
})
const RailSheet = lazyComponent(() => import('./RailSheet.tsx').then(({ RailSheet }) => RailSheet))

/** Opens the navigation sheet, below 640 px; its chunk loads on first use. */
function MenuButton() {
  const [isOpen, setIsOpen] = useState(false)
  const [times, setTimes] = useState(0)
  return (
    <>
      <button
        type="button"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => {
          setTimes(times + 1)
          setIsOpen(true)
        }}
        className="-ml-2.5 grid size-11 flex-none place-items-center rounded-md text-fg-muted hover:bg-hover"
      >
        <Menu size={20} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {times === 0 ? null : (
        <Suspense>
          {/* Stays mounted for the closing animation; a new key per opening retries a chunk that failed to load. */}
          <RailSheet key={times} open={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

interface TopBarProps {
  slot: HTMLElement
  narrow: boolean
}

function TopBar({ slot, narrow }: TopBarProps) {
  const place = useCallback((element: HTMLElement | null) => element?.append(slot), [slot])
  return (
    <header className="sticky top-0 z-10 border-line border-b bg-bg print:hidden">
      <div className="mx-auto flex h-[calc(var(--topbar)-1px)] max-w-(--page) items-center gap-3 px-(--gutter) max-[640px]:px-4">
        {narrow ? <MenuButton /> : null}
        <div ref={place} className="min-w-0 flex-1" />
        <FindButton />
        {narrow ? null : <ConnectionChips />}
      </div>
      {narrow ? (
        <div className="flex h-[45px] items-center overflow-x-auto [scrollbar-width:none] border-line border-t bg-sunken px-4">
          <ConnectionChips />
        </div>
      ) : null}
    </header>
  )
}

/** Differences from here on are told; all that the console shows is corrected either way. */
const TOLD = 2 * MINUTE

function ClockNotice() {
  const ahead = useSyncExternalStore(onClockChange, clockAhead)
  if (Math.abs(ahead) < TOLD) return null
  return (
    <Suspense>
      <ClockBanner ahead={ahead} />
    </Suspense>
  )
}

/** Layout of every page: navigation, top bar with the connections, toasts. */
export function Shell() {
  // Made beforehand: a place that is there only once the shell is drawn would have everything drawn twice.
  const [slot] = useState(() => document.createElement('div'))
  const railRoom = useRailRoom()
  const place = useLocation()
  useScrollRestoration()
  return (
    <ToastProvider>
      <a
        href="#content"
        className="sr-only rounded-md bg-accent px-3 py-2 text-accent-ink forced-color-adjust-none text-sm focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30"
      >
        Skip to content
      </a>
      <BreadcrumbSlot value={slot}>
        <div className="grid min-h-screen grid-cols-[var(--rail)_minmax(0,1fr)] max-[1100px]:grid-cols-[var(--rail-collapsed)_minmax(0,1fr)] max-[640px]:grid-cols-1 print:grid-cols-1">
          {railRoom === 'sheet' ? null : (
            <aside aria-label="KMS Console" className="sticky top-0 h-screen print:hidden">
              <Rail compact={railRoom === 'icons'} />
            </aside>
          )}
          <div className="min-w-0">
            <TopBar slot={slot} narrow={railRoom === 'sheet'} />
            <ClockNotice />
            <PageBoundary place={place}>
              <Suspense>
                <Outlet />
              </Suspense>
            </PageBoundary>
          </div>
        </div>
      </BreadcrumbSlot>
      <Overlays />
      <ChunkErrorBanner />
      <BulkActions />
    </ToastProvider>
  )
}
