import { useMemo } from 'react'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { useListView } from '../list/use-list-view.ts'
import { useNow } from '../use-now.ts'
import { ActivityList } from './ActivityList.tsx'
import { activityViewFormat, rangeOf } from './activity-view.ts'
import { isAboutKey } from './rows.ts'
import { useActivity } from './use-activity.ts'

/** What happened to one key; its view stands in the URL, as that of all activity does. */
export function KeyActivity({ kmsKey: key }: { kmsKey: KmsKey }) {
  const state = useListView(activityViewFormat)
  const { since } = rangeOf(state.view, useNow())
  const all = useActivity(addressOf(key), since)
  const keys = useMemo(() => [key], [key])
  const events = useMemo(() => all.events.filter(isAboutKey(key)), [all.events, key])
  const view = useMemo(() => ({ ...state.view, filters: { ...state.view.filters, key: [] } }), [state.view])
  return (
    <div className="-mt-3">
      <ActivityList activity={{ ...all, events }} state={{ ...state, view }} keys={keys} ownKey />
    </div>
  )
}
