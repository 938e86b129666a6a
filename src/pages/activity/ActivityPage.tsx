import type { QueryClient } from '@tanstack/react-query'
import type { LoaderFunctionArgs } from 'react-router'
import { queries } from '../../clouds/queries.ts'
import { ActivityList } from '../shared/activity/ActivityList.tsx'
import { type ActivityView, activityViewFormat } from '../shared/activity/activity-view.ts'
import { parseKeyFilter } from '../shared/activity/rows.ts'
import { auditQuery, logsOf, useActivity } from '../shared/activity/use-activity.ts'
import { useListView } from '../shared/list/use-list-view.ts'
import { Page } from '../shared/Page.tsx'
import { useAllKeys } from '../use-keys.ts'

/** One chosen key is asked for at the cloud, so that its events needn't be searched for page by page. */
function onlyKey({ filters: { key } }: ActivityView) {
  const [only] = key
  return only !== undefined && key.length === 1 ? parseKeyFilter(only) : undefined
}

async function warm(client: QueryClient, view: ActivityView) {
  const { clouds } = await client.ensureQueryData(queries.session())
  const key = onlyKey(view)
  for (const cloud of logsOf(clouds, key)) void client.prefetchQuery(queries.audit(cloud, auditQuery(1, key)))
}

export const load =
  (client: QueryClient) =>
  ({ request }: LoaderFunctionArgs) => {
    // A session that can't be read is the shell's failure to tell.
    warm(client, activityViewFormat.read(new URL(request.url).searchParams)).catch(() => undefined)
    return null
  }

export default function ActivityPage() {
  const state = useListView(activityViewFormat)
  const activity = useActivity(onlyKey(state.view))
  const { keys } = useAllKeys()
  return (
    <Page title="Activity">
      <ActivityList activity={activity} state={state} keys={keys} />
    </Page>
  )
}
