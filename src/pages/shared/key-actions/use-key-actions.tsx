import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { detailsOf } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { useToast } from '../../../ui/Toast.tsx'
import { useExclusiveMutation } from '../use-exclusive-mutation.ts'
import type { ActionOnKey, ConfirmedAction, ImmediateAction, KeyAction } from './actions.ts'

const KeyActionDialog = lazyComponent(() =>
  import('./KeyActionDialog.tsx').then(({ KeyActionDialog }) => KeyActionDialog),
)

const isImmediate = (action: KeyAction): action is ImmediateAction => action === 'enable' || action === 'cancelDeletion'

export interface KeyActions {
  /** The action that runs without a dialog; a second one is ignored meanwhile. */
  running: ImmediateAction | undefined
  /** Opens the confirmation dialog of actions that have one; runs the others immediately. */
  start: (action: KeyAction, key: KmsKey) => void
  /** Confirmation dialog; renders anywhere in the page. */
  dialog: ReactNode
}

/** Actions on a key from a menu or a button. What runs them loads with the first action. */
export function useKeyActions(): KeyActions {
  const client = useQueryClient()
  const toast = useToast()
  const [confirming, setConfirming] = useState<ActionOnKey<ConfirmedAction>>()

  const immediate = useExclusiveMutation(async (request: ActionOnKey<ImmediateAction>) => {
    try {
      const { runImmediateAction } = await import('./run-key-action.tsx')
      await runImmediateAction({ client, toast, follow }, request)
    } catch (error) {
      const { message, advice } = detailsOf(error)
      toast.error(`${request.key.name} was not changed.`, { text: `${message} ${advice}` })
    }
  })
  const follow = (request: ActionOnKey<ImmediateAction>) => immediate.mutate(request)

  return {
    running: immediate.isPending ? immediate.variables.action : undefined,
    start(action, key) {
      if (isImmediate(action)) immediate.mutate({ action, key })
      else setConfirming({ action, key })
    },
    dialog: confirming && (
      <Suspense>
        <KeyActionDialog
          key={`${confirming.action} ${confirming.key.location} ${confirming.key.id}`}
          action={confirming.action}
          kmsKey={confirming.key}
          follow={follow}
          onClose={() => setConfirming(undefined)}
        />
      </Suspense>
    ),
  }
}
