import { lazy, Suspense } from 'react'
import { useKeyActions } from '../pages/key-actions/use-key-actions.tsx'
import { closeOverlay, useOverlay } from '../pages/overlay.ts'
import { OverlayBoundary } from './OverlayBoundary.tsx'
import { useTypeAhead } from './palette/type-ahead.ts'
import { useShortcuts } from './use-shortcuts.ts'

export const loadPalette = () => import('./palette/Palette.tsx')
export const loadHelp = () => import('./HelpDialog.tsx')
export const loadRequests = () => import('./requests/RequestsDrawer.tsx')

const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })))
const HelpDialog = lazy(() => loadHelp().then((module) => ({ default: module.HelpDialog })))
const RequestsDrawer = lazy(() => loadRequests().then((module) => ({ default: module.RequestsDrawer })))

function Opened() {
  const overlay = useOverlay()
  const { start, dialog } = useKeyActions()
  useTypeAhead(overlay?.kind === 'palette')
  return (
    <>
      <Suspense>
        {overlay?.kind === 'palette' ? <Palette start={start} onClose={closeOverlay} /> : null}
        {overlay?.kind === 'help' ? <HelpDialog onClose={closeOverlay} /> : null}
        {overlay?.kind === 'requests' ? <RequestsDrawer first={overlay.call} onClose={closeOverlay} /> : null}
      </Suspense>
      {dialog}
    </>
  )
}

/** The palette, the help and the requests, over any page; their code is fetched when first wanted. */
export function Overlays() {
  useShortcuts()
  return (
    <OverlayBoundary>
      <Opened />
    </OverlayBoundary>
  )
}
