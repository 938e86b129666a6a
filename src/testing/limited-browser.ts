/** A browser that lacks something, or refuses it, until the test ends. */
import { onTestFinished, vi } from 'vitest'

const denied = () => new DOMException('Access is denied for this document.', 'SecurityError')

/** Replaces a property, or removes it, and puts it back. */
function replaceProperty(of: object, name: string, by: PropertyDescriptor | undefined): void {
  const before = Object.getOwnPropertyDescriptor(of, name)
  if (by) Object.defineProperty(of, name, { ...by, configurable: true })
  else Reflect.deleteProperty(of, name)
  onTestFinished(() => {
    Reflect.deleteProperty(of, name)
    if (before) Object.defineProperty(of, name, before)
  })
}

/** As with "block all cookies": every kind of storage throws, or its promise is rejected. */
export function blockStorage(): void {
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    replaceProperty(window, name, {
      get() {
        throw denied()
      },
    })
  vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(denied())
  vi.spyOn(navigator.locks, 'query').mockRejectedValue(denied())
  vi.spyOn(navigator.locks, 'request').mockRejectedValue(denied())
}

/** As on a page that came over plain http from another machine. */
export function leaveSecureContext(): void {
  replaceProperty(window, 'isSecureContext', { value: false })
  replaceProperty(Navigator.prototype, 'clipboard', undefined)
  replaceProperty(Navigator.prototype, 'storage', undefined)
  replaceProperty(Navigator.prototype, 'locks', undefined)
  replaceProperty(Crypto.prototype, 'subtle', undefined)
  replaceProperty(Crypto.prototype, 'randomUUID', undefined)
}

/** As where the settings of the browser or the computer forbid it. */
export const refuseClipboard = (): void =>
  void vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No.', 'NotAllowedError'))
