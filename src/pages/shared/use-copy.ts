import { type ReactNode, useCallback } from 'react'
import { useToast } from '../../ui/Toast.tsx'
import { useClipboard } from '../../ui/use-clipboard.tsx'

/** @param what is copied, as it is told: "id of billing" */
export type Copy = (what: string, text: string) => void

/** Copies and tells it in a toast: for what has no button in sight that could. The caller renders the dialog. */
export function useCopy(): { copy: Copy; copyDialog: ReactNode } {
  const toast = useToast()
  const { copy, copyDialog } = useClipboard()
  return {
    copy: useCallback(
      (what, text) => copy({ title: `Copy ${what}`, text, onCopied: () => toast.success(`Copied the ${what}.`) }),
      [copy, toast],
    ),
    copyDialog,
  }
}
