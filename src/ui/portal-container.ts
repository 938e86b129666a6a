import { useState } from 'react'

/** Where what opens from a button goes, so that it stands in the same landmark; undefined in dialogs, which are one of their own. */
export const portalContainerOf = (button: Element): HTMLElement | undefined =>
  button.closest('[role="dialog"]') ? undefined : (button.closest<HTMLElement>('main, header') ?? undefined)

/** The same for a button that is still to be drawn. */
export function usePortalContainer() {
  const [button, setButton] = useState<Element | null>(null)
  return { buttonRef: setButton, portalContainer: button ? portalContainerOf(button) : undefined }
}
