import { useCallback, useEffect, useState } from 'react'
import type { OperationAnswers } from '../../clouds/operations.ts'
import { usePageHide } from '../use-page-hide.ts'

export type ExportedKeyMaterial = OperationAnswers['export'] & {
  /** When it is forgotten; milliseconds since the epoch. */
  readonly until: number
}

const LIFETIME = 5 * 60_000

/** Exported material in the state of one component: gone with it, when the page is left, when cleared, and after five minutes. */
export function useExportedMaterial() {
  const [exported, setExported] = useState<ExportedKeyMaterial>()
  const clear = useCallback(() => setExported(undefined), [])
  const keep = (answer: OperationAnswers['export']) => setExported({ ...answer, until: Date.now() + LIFETIME })
  useEffect(() => {
    if (!exported) return
    const timer = setTimeout(clear, Math.max(0, exported.until - Date.now()))
    return () => clearTimeout(timer)
  }, [exported, clear])
  usePageHide(clear)
  return { exported, keep, clear }
}
