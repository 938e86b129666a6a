import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { detailsOf, requestLine } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { OperationInputs } from '../../../clouds/operations.ts'
import { queries, refreshKey } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { type Toaster, useToast } from '../../../ui/Toast.tsx'
import { viewKey } from '../KeyLink.tsx'
import { useExclusiveMutation } from '../use-exclusive-mutation.ts'
import {
  type ActionMessage,
  type ConfirmedAction,
  disabledAfterCancel,
  type ImmediateAction,
  isConfirmedAction,
  type KeyAction,
} from './actions.ts'
import { failedChangeMessage } from './with-permission-hint.ts'

const KeyActionDialog = lazyComponent(() =>
  import('./KeyActionDialog.tsx').then(({ KeyActionDialog }) => KeyActionDialog),
)

interface ActionOnKey<Action extends KeyAction> {
  readonly action: Action
  readonly key: KmsKey
}

export interface KeyActions {
  /** The action that runs without a dialog; a second one is ignored meanwhile. */
  running: ImmediateAction | undefined
  /** Opens the confirmation dialog of actions that have one; runs the others immediately. */
  start: (action: KeyAction, key: KmsKey) => void
  /** Confirmation dialog; renders anywhere in the page. */
  dialog: ReactNode
}

function successMessage({ action, key }: ActionOnKey<ImmediateAction>): ActionMessage {
  if (action === 'enable') return { title: `Enabled ${key.name}.`, text: 'It works again.' }
  return {
    title: `Cancelled the deletion of ${key.name}.`,
    text: disabledAfterCancel(key) ? 'It is disabled now: enable it to use it.' : 'It is active again.',
  }
}

function showFailure(toast: Toaster, key: KmsKey, error: unknown) {
  const failed = failedChangeMessage(error, key, `${key.name} was not changed.`)
  const details = detailsOf(failed.error)
  toast.error(failed.title, {
    text: (
      <>
        {details.message} {details.advice} <span className="mono block">{requestLine(details)}</span>
      </>
    ),
  })
}

/** Actions on a key from a menu or a button, with dialogs and toasts; refreshes the lists that show the key. */
export function useKeyActions(): KeyActions {
  const client = useQueryClient()
  const toast = useToast()
  const [confirming, setConfirming] = useState<ActionOnKey<ConfirmedAction>>()

  async function runAction(
    { action, key }: ActionOnKey<KeyAction>,
    input: OperationInputs['scheduleDeletion'],
    { title, text }: ActionMessage,
  ) {
    try {
      await cloudOf(key.cloud).operations[action].run(key, input)
    } finally {
      // Also after a refusal, which often means that the key on screen is outdated.
      await refreshKey(client, key)
      // Replicas follow the primary: their lists are read again when they are next shown.
      for (const location of key.replicas ?? [])
        void client.invalidateQueries({ queryKey: queries.keys(key.cloud, location).queryKey, refetchType: 'none' })
    }
    const enable = action === 'cancelDeletion' && disabledAfterCancel(key) && (
      <button type="button" className="link" onClick={() => immediate.mutate({ action: 'enable', key })}>
        Enable
      </button>
    )
    toast.success(title, {
      text,
      link: (
        <>
          {enable} {viewKey(key)}
        </>
      ),
    })
  }

  const immediate = useExclusiveMutation(async (request: ActionOnKey<ImmediateAction>) => {
    try {
      await runAction(request, {}, successMessage(request))
    } catch (error) {
      showFailure(toast, request.key, error)
    }
  })

  return {
    running: immediate.isPending ? immediate.variables.action : undefined,
    start(action, key) {
      if (isConfirmedAction(action)) setConfirming({ action, key })
      else immediate.mutate({ action, key })
    },
    dialog: confirming && (
      <Suspense>
        <KeyActionDialog
          key={`${confirming.action} ${confirming.key.location} ${confirming.key.id}`}
          action={confirming.action}
          keyOf={confirming.key}
          run={(input, success) => runAction(confirming, input, success)}
          onClose={() => setConfirming(undefined)}
        />
      </Suspense>
    ),
  }
}
