import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { detailsOf, requestLine } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { OperationInputs } from '../../../clouds/operations.ts'
import { cloudOf, queries, refreshKey } from '../../../clouds/queries.ts'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { type Toaster, useToast } from '../../../ui/Toast.tsx'
import { viewKey } from '../KeyLink.tsx'
import { type KeyAction, purposeVerbs } from './actions.ts'
import { failedChangeMessage } from './with-permission-hint.ts'

const KeyActionDialog = lazyComponent(() =>
  import('./KeyActionDialog.tsx').then(({ KeyActionDialog }) => KeyActionDialog),
)

export interface KeyActions {
  /** The action that is being carried out without a dialog; a second one waits for it. */
  running: KeyAction | undefined
  /** Opens the dialog of actions that ask first; carries the others out at once. */
  start: (action: KeyAction, key: KmsKey) => void
  /** Put it anywhere in the page. */
  dialog: ReactNode
}

/** Past tense, and what it means. */
function successMessage(action: KeyAction, key: KmsKey): { title: string; text: string } {
  const { capabilities: traits } = cloudOf(key.cloud)
  switch (action) {
    case 'rotate':
      return {
        title: `Rotated ${key.name}.`,
        text: `Version ${key.latestVersion + 1} ${purposeVerbs[key.purpose].makes} now.`,
      }
    case 'disable':
      return { title: `Disabled ${key.name}.`, text: 'Nothing works with it until it is enabled.' }
    case 'enable':
      return { title: `Enabled ${key.name}.`, text: 'It works again.' }
    case 'scheduleDeletion':
      return { title: `Scheduled the deletion of ${key.name}.`, text: 'You can cancel it until then.' }
    case 'cancelDeletion':
      return {
        title: `Cancelled the deletion of ${key.name}.`,
        text:
          traits.afterCancelledDeletion === 'disabled'
            ? 'It is disabled now: enable it to use it.'
            : 'It is active again.',
      }
  }
}

const confirmedActions: ReadonlySet<KeyAction> = new Set(['rotate', 'disable', 'scheduleDeletion'])

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

/** What can be done to a key from a menu or a button, with its dialogs, toasts and the lists brought up to date. */
export function useKeyActions(): KeyActions {
  const client = useQueryClient()
  const toast = useToast()
  const [asked, setAsked] = useState<{ action: KeyAction; key: KmsKey } | undefined>()
  const [running, setRunning] = useState<KeyAction | undefined>()

  async function runAction(action: KeyAction, key: KmsKey, input: OperationInputs['scheduleDeletion']) {
    try {
      await cloudOf(key.cloud).operations[action].run(key, input)
    } finally {
      // Also after a refusal: it often means that the key is not what this page believes.
      await refreshKey(client, key)
      // What the primary decided follows elsewhere: those lists are read again when they are next shown.
      for (const location of key.replicas ?? [])
        void client.invalidateQueries({ queryKey: queries.keys(key.cloud, location).queryKey, refetchType: 'none' })
    }
    const { title, text } = successMessage(action, key)
    const stays = action === 'cancelDeletion' && cloudOf(key.cloud).capabilities.afterCancelledDeletion === 'disabled'
    const enable = stays && (
      <button type="button" className="link" onClick={() => void runImmediately('enable', key)}>
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

  async function runImmediately(action: KeyAction, key: KmsKey) {
    setRunning(action)
    try {
      await runAction(action, key, {})
    } catch (error) {
      showFailure(toast, key, error)
    } finally {
      setRunning(undefined)
    }
  }

  return {
    running,
    start(action, key) {
      if (confirmedActions.has(action)) setAsked({ action, key })
      else if (running === undefined) void runImmediately(action, key)
    },
    dialog: asked && (
      <Suspense>
        <KeyActionDialog
          key={`${asked.action} ${asked.key.location} ${asked.key.id}`}
          action={asked.action}
          keyOf={asked.key}
          run={(input) => runAction(asked.action, asked.key, input)}
          onClose={() => setAsked(undefined)}
        />
      </Suspense>
    ),
  }
}
