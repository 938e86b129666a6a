import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operationRefusal, runOperation } from '../../clouds/key-operations.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { formatPeriod } from '../../clouds/period.ts'
import { refreshKey } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { useToast } from '../../ui/Toast.tsx'
import { viewKey } from '../shared/KeyLink.tsx'
import { useExclusiveMutation } from '../shared/use-exclusive-mutation.ts'
import { draftOf, inputOf, isChanged, periodProblem, type RotationDraft } from './rotation-form.ts'

export interface RotationForm {
  readonly draft: RotationDraft
  readonly changed: boolean
  /** Problem of the period, as one sentence. */
  readonly problem: string | undefined
  /** Why the settings can't be changed. */
  readonly refusal: string | undefined
  /** Why the settings can't be saved. */
  readonly disabledReason: string | undefined
  /** Error of the last save, until an edit; undefined when there is none. */
  readonly error: unknown
  readonly saving: boolean
  readonly change: (members: Partial<RotationDraft>) => void
  readonly discard: () => void
  readonly save: () => void
}

/** Draft of the rotation settings; without edits it follows the key. */
export function useRotationForm(key: KmsKey): RotationForm {
  const client = useQueryClient()
  const toast = useToast()
  const [edited, setEdited] = useState<RotationDraft>()
  const { capabilities } = cloudOf(key.cloud)
  const draft = edited ?? draftOf(key, capabilities.rotationPeriod)
  const changed = isChanged(draft, key)
  const problem = periodProblem(draft, capabilities.rotationPeriod)
  const refusal = operationRefusal(key, 'setRotation')

  const saving = useExclusiveMutation(async () => {
    const input = inputOf(draft)
    try {
      await runOperation(key, 'setRotation', input)
    } finally {
      // Also after a refusal, which often means that the key on screen is outdated.
      await refreshKey(client, key)
    }
    setEdited(undefined)
    toast.success(`Saved the rotation of ${key.name}.`, {
      text: input.period ? `It rotates every ${formatPeriod(input.period)}.` : 'Automatic rotation is off.',
      link: viewKey(key, 'rotation'),
    })
  })

  const edit = (next: RotationDraft | undefined) => {
    setEdited(next)
    if (saving.isError) saving.reset()
  }

  return {
    draft,
    changed,
    problem,
    refusal,
    disabledReason: refusal ?? (changed ? problem : 'Nothing changed yet.'),
    error: saving.error ?? undefined,
    saving: saving.isPending,
    change: (members) => edit({ ...draft, ...members }),
    discard: () => edit(undefined),
    save() {
      if (changed && problem === undefined && refusal === undefined) saving.mutate()
    },
  }
}
