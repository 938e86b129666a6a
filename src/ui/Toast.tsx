import { createContext, type ReactNode, Suspense, useContext, useMemo, useState } from 'react'
import { lazyComponent } from './lazy-component.ts'

/** Toasts are fetched when there is something to say. */
const ToastViewport = lazyComponent(() => import('./ToastViewport.tsx').then(({ ToastViewport }) => ToastViewport))

interface ToastOptions {
  /** What it means, one sentence. */
  text?: ReactNode
  /** A link to the thing, styled with the class `link`. */
  link?: ReactNode
}

/** Each call shows one toast. Titles are past tense: "Rotated billing archive". */
export interface Toaster {
  /** Goes by itself after 6 s; hover and focus pause it. */
  success: (title: string, options?: ToastOptions) => void
  info: (title: string, options?: ToastOptions) => void
  /** Stays until dismissed, and is announced at once. */
  error: (title: string, options?: ToastOptions) => void
}

export type ToastTone = 'success' | 'info' | 'error'

export interface ToastMessage extends ToastOptions {
  id: string
  tone: ToastTone
  title: string
}

const ToasterContext = createContext<Toaster | undefined>(undefined)

/** Shows toasts; wants a ToastProvider above. */
export function useToast(): Toaster {
  const toaster = useContext(ToasterContext)
  if (!toaster) throw new Error('useToast wants a ToastProvider above it')
  return toaster
}

/** Once, around the app. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<readonly ToastMessage[]>([])
  const toaster = useMemo<Toaster>(() => {
    const show =
      (tone: ToastTone) =>
      (title: string, options: ToastOptions = {}) =>
        setMessages((earlier) => [...earlier, { ...options, id: `toast-${earlier.length}`, tone, title }])
    return { success: show('success'), info: show('info'), error: show('error') }
  }, [])
  return (
    <ToasterContext value={toaster}>
      {children}
      {messages.length > 0 ? (
        <Suspense>
          <ToastViewport messages={messages} />
        </Suspense>
      ) : null}
    </ToasterContext>
  )
}
