import { Suspense } from 'react'
import { closeOverlay, useOverlay } from '../pages/overlay.ts'
import { useKeyActions } from '../pages/shared/key-actions/use-key-actions.tsx'
import { useCopy } from '../pages/shared/use-copy.ts'
import { lazyComponent } from '../ui/lazy-component.ts'
import { OverlayBoundary } from './OverlayBoundary.tsx'
import { useTypeAhead } from './palette/type-ahead.ts'
import { useShortcuts } from './use-shortcuts.ts'

export const Palette = lazyComponent(() => import('./palette/Palette.tsx').then(({ Palette }) => Palette))
export const HelpDialog = lazyComponent(() => import('./HelpDialog.tsx').then(({ HelpDialog }) => HelpDialog))
export const RequestsDrawer = lazyComponent(() =>
  import('./requests/RequestsDrawer.tsx').then(({ RequestsDrawer }) => RequestsDrawer),
)

function Opened() {
  const overlay = useOverlay()
  const { start, dialog } = useKeyActions()
  const { copy, copyDialog } = useCopy()
  useTypeAhead(overlay?.kind === 'palette')
  return (
    <>
      <Suspense>
        {overlay?.kind === 'palette' ? <Palette start={start} copy={copy} onClose={closeOverlay} /> : null}
        {overlay?.kind === 'help' ? <HelpDialog onClose={closeOverlay} /> : null}
        {overlay?.kind === 'requests' ? <RequestsDrawer first={overlay.call} onClose={closeOverlay} /> : null}
      </Suspense>
      {dialog}
      {copyDialog}
    </>
  )
}

/** Palette, help and requests, available on every page; their chunks load on first use. */
export function Overlays() {
  useShortcuts()
  return (
    <OverlayBoundary>
      <Opened />
    </OverlayBoundary>
  )
}
