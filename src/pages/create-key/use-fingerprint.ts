import { useEffect, useState } from 'react'
import { toHex } from '../../lib/encodings.ts'
import { fingerprintOf, fromPem } from '../../lib/pem.ts'

/** SHA-256 of a PEM text's DER, in hexadecimal; undefined until it is made, and where the browser can't make it: on plain HTTP. */
export function useFingerprint(pem: string): string | undefined {
  const [made, setMade] = useState<{ readonly pem: string; readonly hex: string }>()
  useEffect(() => {
    const der = fromPem(pem)
    if (!der || !globalThis.isSecureContext) return
    let here = true
    void fingerprintOf(der).then((digest) => {
      if (here) setMade({ pem, hex: toHex(digest) })
    })
    return () => {
      here = false
    }
  }, [pem])
  return made?.pem === pem ? made.hex : undefined
}
