/** Activities in Thalassa's audit log, by the actions of its own entries. */
import type { ActivityKind, ActivityVocabulary } from '../endpoint.ts'
import { endpoints, type ScheduledAction, type ThalassaEndpoint } from './endpoints.ts'

const byAction = Object.values<ThalassaEndpoint>(endpoints).flatMap(({ audit, activity }): [string, ActivityKind][] =>
  audit === undefined || activity === undefined ? [] : [[audit, activity]],
)

const scheduled: Readonly<Record<ScheduledAction, ActivityKind>> = {
  'kms.rotate.scheduled': 'rotateOnSchedule',
  'kms.delete.scheduled': 'destroyOnSchedule',
}

export const activityVocabulary: ActivityVocabulary = {
  endpoints,
  actions: { ...Object.fromEntries(byAction), ...scheduled },
  factLabels: {
    region: 'Region',
    projectId: 'Project',
    keySlug: 'Slug',
    keyType: 'Type',
    keyVersion: 'Key version',
    outcome: 'Outcome',
    inputBytes: 'Input bytes',
    outputBytes: 'Output bytes',
    client_ip: 'Client address',
    country_code: 'Country',
    user_agent: 'User agent',
    method: 'Method',
    path: 'Path',
    url: 'URL',
    status: 'Status',
    duration: 'Duration',
    credentials_id: 'Credential',
    credentials_type: 'Credential type',
  },
}
