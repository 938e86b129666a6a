import { Suspense, useSyncExternalStore } from 'react'
import { sessionEnded } from '../clouds/sign-in.ts'
import { closeOverlay, useOverlay } from '../pages/overlay.ts'
import { useKeyActions } from '../pages/shared/key-actions/use-key-actions.tsx'
import { useCopy } from '../pages/shared/use-copy.ts'
import { lazyComponent } from '../ui/lazy-component.ts'
import { OverlayBoundary } from './OverlayBoundary.tsx'
import { useTypeAhead } from './palette/type-ahead.ts'
import { useShortcuts } from './use-shortcuts.ts'

export const Palette = lazyComponent(() => import('./palette/Palette.tsx').then(({ Palette }) => Palette))
export const HelpDialog = lazyComponent(() => import('./HelpDialog.tsx').then(({ HelpDialog }) => HelpDialog))
export const PersonDialog = lazyComponent(() => import('./PersonDialog.tsx').then(({ PersonDialog }) => PersonDialog))
const SignInAgain = lazyComponent(() => import('./SignInAgain.tsx').then(({ SignInAgain }) => SignInAgain))
export const RequestsDrawer = lazyComponent(() =>
  import('./requests/RequestsDrawer.tsx').then(({ RequestsDrawer }) => RequestsDrawer),
)

function Opened() {
  const overlay = useOverlay()
  const hasEnded = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.get)
  const { start, dialog } = useKeyActions()
  const { copy, copyDialog } = useCopy()
  useTypeAhead(overlay?.kind === 'palette')
  return (
    <>
      <Suspense>
        {overlay?.kind === 'palette' ? <Palette start={start} copy={copy} onClose={closeOverlay} /> : null}
        {overlay?.kind === 'help' ? <HelpDialog onClose={closeOverlay} /> : null}
        {overlay?.kind === 'person' ? <PersonDialog onClose={closeOverlay} /> : null}
        {hasEnded ? <SignInAgain /> : null}
        {overlay?.kind === 'requests' ? <RequestsDrawer first={overlay.call} onClose={closeOverlay} /> : null}
      </Suspense>
      {dialog}
      {copyDialog}
    </>
  )
}

/** Palette, help, requests and sign-in, available on every page; their chunks load on first use. */
export function Overlays() {
  useShortcuts()
  return (
    <OverlayBoundary>
      <Opened />
    </OverlayBoundary>
  )
}
