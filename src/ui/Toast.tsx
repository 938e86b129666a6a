import { Toast as Base } from '@base-ui/react/toast'
import { CircleCheck, Info, OctagonAlert, X } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { Icon } from './Icon.tsx'

interface ToastOptions {
  /** What it means, one sentence. */
  text?: ReactNode
  /** A link to the thing, styled with the class `link`. */
  link?: ReactNode
}

/** Each call shows one toast and returns its id. Titles are past tense: "Rotated billing archive". */
export interface Toaster {
  /** Goes by itself after 6 s; hover and focus pause it. */
  success: (title: string, options?: ToastOptions) => string
  info: (title: string, options?: ToastOptions) => string
  /** Stays until dismissed, and is announced at once. */
  error: (title: string, options?: ToastOptions) => string
  dismiss: (id: string) => void
}

type ToastTone = 'success' | 'info' | 'error'
interface ToastData {
  tone: ToastTone
  link: ReactNode
}

const GONE_AFTER_MS = 6000

/** Shows toasts; wants a ToastProvider above. */
export function useToast(): Toaster {
  const { add, close } = Base.useToastManager<ToastData>()
  return useMemo(() => {
    const show =
      (tone: ToastTone) =>
      (title: string, options: ToastOptions = {}) =>
        add({
          title,
          description: options.text,
          timeout: tone === 'error' ? 0 : GONE_AFTER_MS,
          priority: tone === 'error' ? 'high' : 'low',
          data: { tone, link: options.link },
        })
    return { success: show('success'), info: show('info'), error: show('error'), dismiss: close }
  }, [add, close])
}

/** Once, around the app. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider limit={4} timeout={GONE_AFTER_MS}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-90 flex-col-reverse gap-2 outline-none max-sm:inset-x-2 max-sm:bottom-2 max-sm:w-auto">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

const looks = {
  success: { icon: CircleCheck, ink: 'text-ok-fg' },
  info: { icon: Info, ink: 'text-info-fg' },
  error: { icon: OctagonAlert, ink: 'text-danger-fg' },
}

function Toasts() {
  const { toasts } = Base.useToastManager<ToastData>()
  return toasts.map((toast) => {
    const { icon, ink } = looks[toast.data?.tone ?? 'info']
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        swipeDirection={['right', 'down']}
        className="w-full rounded-lg border border-line-strong bg-raised shadow-pop transition-[opacity,translate] duration-(--duration-slow) ease-out data-ending-style:opacity-0 data-starting-style:translate-y-1 data-starting-style:opacity-0 data-limited:hidden"
      >
        <Base.Content className="flex items-start gap-2.5 py-2.5 pr-2 pl-3">
          <Icon of={icon} className={`mt-0.5 ${ink}`} />
          <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            <Base.Title className="font-semibold" />
            {(toast.description || toast.data?.link) && (
              <div className="text-fg-muted">
                <Base.Description render={<span />} /> {toast.data?.link}
              </div>
            )}
          </div>
          <Base.Close
            aria-label="Dismiss"
            className="touch-target grid size-7 shrink-0 place-items-center rounded-[5px] text-fg-muted hover:bg-hover hover:text-fg"
          >
            <Icon of={X} />
          </Base.Close>
        </Base.Content>
      </Base.Root>
    )
  })
}
