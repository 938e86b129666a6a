import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf, refreshKey } from '../../clouds/queries.ts'
import { useToast } from '../../ui/Toast.tsx'
import { viewKey } from '../shared/KeyLink.tsx'
import { draftOf, inputOf, isChanged, periodProblem, type RotationDraft } from './rotation-form.ts'

export interface RotationForm {
  readonly draft: RotationDraft
  readonly changed: boolean
  /** What is wrong with the period. */
  readonly problem: string | undefined
  /** Why the settings can't be changed at all now. */
  readonly refusal: string | undefined
  /** Why there is nothing to save now. */
  readonly disabledReason: string | undefined
  /** What the cloud said to the last try, until something is changed. */
  readonly error: unknown
  readonly saving: boolean
  readonly change: (members: Partial<RotationDraft>) => void
  readonly discard: () => void
  readonly save: () => void
}

/** The settings as typed over what the key has; without a draft they follow the key. */
export function useRotationForm(key: KmsKey): RotationForm {
  const client = useQueryClient()
  const toast = useToast()
  const [edited, setTyped] = useState<RotationDraft>()
  const [error, setError] = useState<unknown>()
  const [saving, setSaving] = useState(false)
  const { capabilities: traits, operations } = cloudOf(key.cloud)
  const draft = edited ?? draftOf(key, traits.rotationPeriod.default)
  const changed = isChanged(draft, key)
  const problem = periodProblem(draft, traits.rotationPeriod)
  const refusal = operations.setRotation.refusal(key)

  async function send() {
    setSaving(true)
    setError(undefined)
    try {
      await operations.setRotation.run(key, inputOf(draft))
      await refreshKey(client, key)
      setTyped(undefined)
      toast.success(`Saved the rotation of ${key.name}.`, {
        text: draft.automatic
          ? `It rotates every ${inputOf(draft).periodInDays} days.`
          : 'It no longer rotates by itself.',
        link: viewKey(key, 'rotation'),
      })
    } catch (refused) {
      setTyped(draft)
      setError(refused)
      // A refusal often means that the key is not what this page believes.
      await refreshKey(client, key)
    } finally {
      setSaving(false)
    }
  }

  return {
    draft,
    changed,
    problem,
    refusal,
    disabledReason: refusal ?? (changed ? problem : 'Nothing changed yet.'),
    error,
    saving,
    change(members) {
      setTyped({ ...draft, ...members })
      setError(undefined)
    },
    discard() {
      setTyped(undefined)
      setError(undefined)
    },
    save() {
      if (changed && problem === undefined && refusal === undefined && !saving) void send()
    },
  }
}
