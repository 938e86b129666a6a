import { Panel } from '../../../ui/Panel.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'

export const LoadingAccess = ({ title }: { title: string }) => (
  <Panel title={title}>
    <div aria-busy="true" className="grid gap-4">
      <span className="sr-only">Reading who has access</span>
      <Skeleton width="90%" />
      <Skeleton width="85%" />
      <Skeleton width="90%" />
    </div>
  </Panel>
)
