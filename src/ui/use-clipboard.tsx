import { type ReactNode, Suspense, useCallback, useState } from 'react'
import { lazyComponent } from './lazy-component.ts'

const CopyDialog = lazyComponent(() => import('./CopyDialog.tsx').then(({ CopyDialog }) => CopyDialog))

/** Whether the text was copied. Pages that came over plain http from another machine have no clipboard. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

interface CopyRequest {
  /** Title of the dialog: "Copy id". */
  readonly title: string
  readonly text: string
  readonly onCopied: () => void
}

/** Copies a text; where the browser does not, a dialog has it selected, to copy by hand. */
export function useClipboard(): { copy: (request: CopyRequest) => void; copyDialog: ReactNode } {
  const [refused, setRefused] = useState<CopyRequest>()
  const copy = useCallback(async (request: CopyRequest) => {
    if (await write(request.text)) request.onCopied()
    else setRefused(request)
  }, [])
  return {
    copy: useCallback((request) => void copy(request), [copy]),
    copyDialog: refused ? (
      <Suspense>
        <CopyDialog {...refused} onClose={() => setRefused(undefined)} />
      </Suspense>
    ) : null,
  }
}
