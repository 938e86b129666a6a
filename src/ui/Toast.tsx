import { createContext, type ReactNode, Suspense, useContext, useMemo, useState } from 'react'
import { lazyComponent } from './lazy-component.ts'

/** The chunk of toasts is loaded with the first message. */
const ToastViewport = lazyComponent(() => import('./ToastViewport.tsx').then(({ ToastViewport }) => ToastViewport))

interface ToastOptions {
  /** One sentence of explanation. */
  text?: ReactNode
  /** Link to the object, with the class `link`. */
  link?: ReactNode
}

/** Each call shows one toast. Titles are in the past tense: "Rotated billing archive". */
export interface Toaster {
  /** Disappears after 6 s; hover and focus pause the timer. */
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

/** Shows toasts; needs a ToastProvider above. */
export function useToast(): Toaster {
  const toaster = useContext(ToasterContext)
  if (!toaster) throw new Error('useToast needs a ToastProvider above it')
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
