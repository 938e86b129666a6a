import type { QueryClient } from '@tanstack/react-query'
import { detailsOf, requestLine } from '../../../clouds/errors.ts'
import { failedChangeMessage } from '../../../clouds/failed-change.ts'
import { runOperation } from '../../../clouds/key-operations.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import type { OperationInputs } from '../../../clouds/operations.ts'
import { queries, refreshKey } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import type { Toaster } from '../../../ui/Toast.tsx'
import { viewKey } from '../KeyLink.tsx'
import type { ActionOnKey, ImmediateAction, KeyAction } from './actions.ts'

/** Toast after an action. */
export interface ActionMessage {
  readonly title: string
  readonly text: string
}

/** Services of the component that runs an action. */
export interface ActionContext {
  readonly client: QueryClient
  readonly toast: Toaster
  /** Runs the action that the toast offers, such as to cancel the deletion that was scheduled. */
  readonly follow: (request: ActionOnKey<ImmediateAction>) => void
}

/** Whether a key is disabled after its deletion was cancelled. */
export const disabledAfterCancel = (key: KmsKey): boolean =>
  cloudOf(key.cloud).capabilities.afterCancelledDeletion === 'disabled'

/** What the toast after an action offers: to take it back, or the step that comes after it. */
function nextStep(action: KeyAction, key: KmsKey): { label: string; action: ImmediateAction } | undefined {
  if (action === 'disable') return { label: 'Undo', action: 'enable' }
  if (action === 'scheduleDeletion') return { label: 'Cancel deletion', action: 'cancelDeletion' }
  if (action === 'cancelDeletion' && disabledAfterCancel(key)) return { label: 'Enable', action: 'enable' }
  return undefined
}

/** Runs an action and shows its success; refreshes the lists that show the key. Rejects with the refusal. */
export async function runKeyAction(
  { client, toast, follow }: ActionContext,
  { action, key }: ActionOnKey<KeyAction>,
  input: OperationInputs['scheduleDeletion'],
  { title, text }: ActionMessage,
): Promise<void> {
  try {
    await runOperation(key, action, input)
  } finally {
    // Also after a refusal, which often means that the key on screen is outdated.
    await refreshKey(client, key)
    // Replicas follow the primary: their lists are read again when they are next shown.
    for (const location of key.replicas ?? [])
      void client.invalidateQueries({ queryKey: queries.keys(key.cloud, location).queryKey, refetchType: 'none' })
  }
  const next = nextStep(action, key)
  // The provider's date, where the page of the key has read it again.
  const deletedAt = client.getQueryData(queries.key(addressOf(key)).queryKey)?.destroyedAt
  toast.success(title, {
    text: action === 'scheduleDeletion' && deletedAt !== undefined ? `Deletes on ${formatDateTime(deletedAt)}.` : text,
    link: (
      <>
        {next ? (
          <button type="button" className="link" onClick={() => follow({ action: next.action, key })}>
            {next.label}
          </button>
        ) : null}{' '}
        {viewKey(key)}
      </>
    ),
  })
}

function successMessage({ action, key }: ActionOnKey<ImmediateAction>): ActionMessage {
  if (action === 'enable') return { title: `Enabled ${key.name}.`, text: 'It works again.' }
  return {
    title: `Cancelled the deletion of ${key.name}.`,
    text: disabledAfterCancel(key) ? 'It is disabled. Enable it to use it.' : 'It is active again.',
  }
}

/** Runs an action that no dialog asks to confirm, and shows its success or failure. */
export async function runImmediateAction(context: ActionContext, request: ActionOnKey<ImmediateAction>): Promise<void> {
  try {
    await runKeyAction(context, request, {}, successMessage(request))
  } catch (error) {
    const { key } = request
    const failed = failedChangeMessage(error, key, `${key.name} was not changed.`)
    const details = detailsOf(failed.error)
    context.toast.error(failed.title, {
      text: (
        <>
          {details.message} {details.advice} <span className="mono block">{requestLine(details)}</span>
        </>
      ),
    })
  }
}
