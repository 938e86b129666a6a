import { type QueryClient, useQueries } from '@tanstack/react-query'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import type { Visit } from '../page-modules.ts'
import { ActivityList } from '../shared/activity/ActivityList.tsx'
import { type ActivityView, activityViewFormat, rangeOf } from '../shared/activity/activity-view.ts'
import { parseKeyFilter } from '../shared/activity/rows.ts'
import { type Activity, useActivity } from '../shared/activity/use-activity.ts'
import { auditQuery, logsOf } from '../shared/activity/use-cloud-logs.ts'
import { useListView } from '../shared/list/use-list-view.ts'
import { Page } from '../shared/Page.tsx'
import { useNow } from '../shared/use-now.ts'
import { useAllKeys, useConnections } from '../use-keys.ts'

/** One chosen key is asked for at the cloud, so that its events needn't be searched for page by page. */
function onlyKey({ filters: { key } }: ActivityView) {
  const [only] = key
  return only !== undefined && key.length === 1 ? parseKeyFilter(only) : undefined
}

async function warm(client: QueryClient, view: ActivityView) {
  const { clouds } = await client.ensureQueryData(queries.session())
  const key = onlyKey(view)
  for (const cloud of logsOf(clouds, key?.cloud)) void client.prefetchQuery(queries.audit(cloud, auditQuery(1, key)))
}

export const load =
  (client: QueryClient) =>
  ({ search }: Visit) => {
    // A session that can't be read is the shell's failure to tell.
    warm(client, activityViewFormat.read(search)).catch(() => undefined)
  }

/** Names of the gateway's credentials in the logs: the user, or the API key by its name where an entry has it. */
function useCallers({ events }: Activity): readonly string[] {
  const connections = useConnections()
  const named = useQueries({
    queries: connections.map(({ id }) => ({ ...queries.caller(id), retry: false })),
    combine: (results) => results.map(({ data }) => data),
  })
  return connections.flatMap(({ id, apiKey }, index) => {
    const own = apiKey === undefined ? undefined : events.find(({ cloud, actor }) => cloud === id && actor === apiKey)
    const name = named[index] ?? own?.actorName ?? apiKey
    return name === undefined ? [] : [`${name} (${cloudOf(id).name})`]
  })
}

export default function ActivityPage() {
  const state = useListView(activityViewFormat)
  const { since } = rangeOf(state.view, useNow())
  const activity = useActivity(onlyKey(state.view), since)
  const { keys, pending } = useAllKeys()
  const callers = useCallers(activity)
  return (
    <Page title="Activity">
      <ActivityList activity={activity} state={state} keys={keys} reading={pending} callers={callers} />
    </Page>
  )
}
