/** Activities in Exoscale's event log, which names calls by the ids of its endpoints. */
import type { ActivityKind, ActivityVocabulary, Endpoint } from '../endpoint.ts'
import { endpoints, type ScheduledMessage } from './endpoints.ts'

const byId = Object.entries<Endpoint>(endpoints).flatMap(([id, { activity }]): [string, ActivityKind][] =>
  activity === undefined ? [] : [[id, activity]],
)

const scheduled: Readonly<Record<ScheduledMessage, ActivityKind>> = {
  'automatic rotation': 'rotateOnSchedule',
  'automatic deletion': 'destroyOnSchedule',
  'automatic replication': 'replicateOnSchedule',
}

export const activityVocabulary: ActivityVocabulary = {
  endpoints,
  actions: { ...Object.fromEntries(byId), ...scheduled },
  factLabels: {
    name: 'Name',
    usage: 'Usage',
    'multi-zone': 'Multi-zone',
    'rotation-period': 'Rotation period',
    'delay-days': 'Deletion delay in days',
    zone: 'Target zone',
    'key-spec': 'Data key type',
    'bytes-count': 'Length in bytes',
    'source.key': 'Source key',
    'destination.key': 'Destination key',
    source: 'Material',
    'xks.xks-id': 'Key store',
    'xks.external-key-id': 'Key in the key store',
    type: 'Type',
    'proxy.auth.key': 'Access key of the proxy',
    'role-id': 'Role id',
    editable: 'Editable',
    message: 'Message',
    status: 'Status',
    role: 'Role',
    'source-ip': 'Client address',
    uri: 'Path',
    'elapsed-ms': 'Duration in ms',
  },
}
