import { Toast as Base } from '@base-ui/react/toast'
import { CircleCheck, Info, OctagonAlert, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from './Icon.tsx'
import type { ToastMessage, ToastTone } from './Toast.tsx'

interface ToastData {
  tone: ToastTone
  link: ReactNode
}

const GONE_AFTER_MS = 6000

/** Passes each message to the toast manager once. */
function useAdded(messages: readonly ToastMessage[]) {
  const { add } = Base.useToastManager<ToastData>()
  const added = useRef(0)
  useEffect(() => {
    for (const { id, tone, title, text, link } of messages.slice(added.current))
      add({
        id,
        title,
        description: text,
        timeout: tone === 'error' ? 0 : GONE_AFTER_MS,
        data: { tone, link },
      })
    added.current = messages.length
  }, [messages, add])
}

/** Viewport of toasts, bottom right. */
export function ToastViewport({ messages }: { messages: readonly ToastMessage[] }) {
  return (
    <Base.Provider limit={4} timeout={GONE_AFTER_MS}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-90 flex-col-reverse gap-2 outline-none max-sm:inset-x-2 max-sm:bottom-2 max-sm:w-auto">
          <Toasts messages={messages} />
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

/** A message is no dialog, which Base UI makes of it: it takes no focus, and is read out as it comes. */
const notDialog = { 'aria-modal': undefined, tabIndex: -1 }

function Toasts({ messages }: { messages: readonly ToastMessage[] }) {
  useAdded(messages)
  const { toasts } = Base.useToastManager<ToastData>()
  return toasts.map((toast) => {
    const { icon, ink } = looks[toast.data?.tone ?? 'info']
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        {...notDialog}
        role={toast.data?.tone === 'error' ? 'alert' : 'status'}
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
            aria-label="Close"
            aria-hidden={false}
            className="touch-target grid size-7 shrink-0 place-items-center rounded-[5px] text-fg-muted hover:bg-hover hover:text-fg"
          >
            <Icon of={X} />
          </Base.Close>
        </Base.Content>
      </Base.Root>
    )
  })
}
