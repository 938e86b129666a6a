import type { KmsKey } from '../../clouds/model.ts'
import { FailedCall } from '../parts/Failure.tsx'
import type { VersionsResult } from './KeyContent.tsx'
import { LifelinePanel } from './LifelinePanel.tsx'
import { RotationHistory } from './RotationHistory.tsx'
import { RotationSettings } from './RotationSettings.tsx'
import { StoppedRotation } from './StoppedRotation.tsx'
import type { RotationForm } from './use-rotation-form.ts'

interface RotationTabProps {
  keyOf: KmsKey
  versions: VersionsResult
  form: RotationForm
  now: number
}

export function RotationTab({ keyOf: key, versions, form, now }: RotationTabProps) {
  const latest = versions.data?.find(({ version }) => version === key.latestVersion)
  // A refused change stays in sight with its message, also when the key can't be changed any more.
  const stopped = key.status === 'pending' && form.error === undefined
  return (
    <div className="grid gap-4">
      {versions.data === undefined && versions.error ? (
        <FailedCall
          title="The versions could not be read"
          error={versions.error}
          retrying={versions.isFetching}
          onRetry={() => void versions.refetch()}
        />
      ) : (
        <LifelinePanel keyOf={key} versions={versions.data} now={now} />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.12fr)] items-start gap-4 max-[1180px]:grid-cols-[minmax(0,1fr)] print:grid-cols-[minmax(0,1fr)]">
        {stopped ? (
          <StoppedRotation keyOf={key} />
        ) : (
          <RotationSettings keyOf={key} latestMadeAt={latest?.createdAt} form={form} now={now} />
        )}
        <RotationHistory keyOf={key} versions={versions.data} now={now} failed={versions.error !== null} />
      </div>
    </div>
  )
}
