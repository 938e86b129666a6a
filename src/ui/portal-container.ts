import { useState } from 'react'

/** Portal container for a popup of a button, so that it is in the same landmark; undefined in a dialog, which is one itself. */
export const portalContainerOf = (button: Element): HTMLElement | undefined =>
  button.closest('[role="dialog"]') ? undefined : (button.closest<HTMLElement>('main, header') ?? undefined)

/** The same for a button that is not mounted yet. */
export function usePortalContainer() {
  const [button, setButton] = useState<Element | null>(null)
  return { buttonRef: setButton, portalContainer: button ? portalContainerOf(button) : undefined }
}
