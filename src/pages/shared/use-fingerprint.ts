import { useEffect, useState } from 'react'
import { fingerprintOf } from '../../lib/pem.ts'

/** SHA-256 of DER bytes: undefined while it is computed, null where the browser can't compute it, on plain HTTP. */
export function useFingerprint(der: Uint8Array<ArrayBuffer> | undefined): Uint8Array | null | undefined {
  const [computed, setComputed] = useState<{ readonly der: Uint8Array; readonly digest: Uint8Array | null }>()
  useEffect(() => {
    if (!der) return
    let current = true
    const show = (digest: Uint8Array | null) => {
      if (current) setComputed({ der, digest })
    }
    fingerprintOf(der).then(show, () => show(null))
    return () => {
      current = false
    }
  }, [der])
  return computed?.der === der ? computed?.digest : undefined
}
