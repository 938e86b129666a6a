/** Activities in Thalassa's audit log, by the actions of its own entries. */
import type { ActivityKind, ActivityVocabulary } from '../endpoint.ts'
import { endpoints, SCHEDULED_ROTATION, type ThalassaEndpoint } from './endpoints.ts'

const byAction = Object.values<ThalassaEndpoint>(endpoints).flatMap(({ audit, activity }): [string, ActivityKind][] =>
  audit === undefined || activity === undefined ? [] : [[audit, activity]],
)

export const activityVocabulary: ActivityVocabulary = {
  endpoints,
  actions: { ...Object.fromEntries(byAction), [SCHEDULED_ROTATION]: 'rotateOnSchedule' },
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
    credentials_type: 'Kind of credential',
  },
}
