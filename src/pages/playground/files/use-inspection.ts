import { useRef, useState } from 'react'
import { inspectFile } from '../../../lib/age/client.ts'
import { type Recipients, recipientsOf } from './recipients.ts'

export type Inspection =
  | { readonly state: 'none' }
  | { readonly state: 'reading'; readonly file: File }
  | { readonly state: 'read'; readonly file: File; readonly recipients: Recipients }
  | { readonly state: 'failed'; readonly file: File; readonly error: unknown }

/** Reads the header of the chosen file locally. */
export function useInspection() {
  const [inspection, setInspection] = useState<Inspection>({ state: 'none' })
  const latest = useRef<File>(undefined)
  const show = (next: Exclude<Inspection, { state: 'none' }>) => {
    if (latest.current === next.file) setInspection(next)
  }
  return {
    inspection,
    inspect(file: File) {
      latest.current = file
      show({ state: 'reading', file })
      inspectFile(file).then(
        (stanzas) => show({ state: 'read', file, recipients: recipientsOf(stanzas) }),
        (error: unknown) => show({ state: 'failed', file, error }),
      )
    },
    clear() {
      latest.current = undefined
      setInspection({ state: 'none' })
    },
  }
}
