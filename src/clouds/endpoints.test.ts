import { describe, expect, test } from 'vitest'
import type { Endpoint } from './endpoint.ts'
import { activityVocabulary as exoscaleVocabulary } from './exoscale/activity-vocabulary.ts'
import {
  type EndpointId as ExoscaleId,
  endpoints as exoscale,
  SCHEDULED_ROTATION as exoscaleScheduled,
} from './exoscale/endpoints.ts'
import { activityVocabulary as thalassaVocabulary } from './thalassa/activity-vocabulary.ts'
import {
  type EndpointId as ThalassaId,
  endpoints as thalassa,
  SCHEDULED_ROTATION as thalassaScheduled,
} from './thalassa/endpoints.ts'

/** Activities by `METHOD /path`, of the endpoints that the console calls. */
const callsOf = (endpoints: Readonly<Record<string, Endpoint>>) =>
  Object.fromEntries(
    Object.values(endpoints).flatMap(({ method, path, activity, forwarded }) =>
      activity === undefined || forwarded === false ? [] : [[`${method} ${path}`, activity]],
    ),
  )

describe('endpoint tables agree with the activity vocabularies', () => {
  test('calls', () => {
    expect(callsOf(thalassa)).toEqual(thalassaVocabulary.calls)
    expect(callsOf(exoscale)).toEqual(exoscaleVocabulary.calls)
  })

  test('audit actions', () => {
    const audited = Object.values(thalassa).flatMap((row) => ('audit' in row ? [[row.audit, row.activity]] : []))
    expect({ ...Object.fromEntries(audited), [thalassaScheduled]: 'rotateOnSchedule' }).toEqual(
      thalassaVocabulary.actions,
    )
    const known = Object.entries<Endpoint>(exoscale).flatMap(([id, { activity, effect, path }]) =>
      activity === undefined || (effect === 'read' && !/kms-key|api-key|iam-role/.test(path)) ? [] : [[id, activity]],
    )
    expect({ ...Object.fromEntries(known), [exoscaleScheduled]: 'rotateOnSchedule' }).toEqual(
      exoscaleVocabulary.actions,
    )
  })
})

describe('endpoints whose answers hold a secret', () => {
  const revealing = (endpoints: Readonly<Record<string, Endpoint>>) =>
    Object.keys(endpoints).filter((id) => endpoints[id]?.reveals !== undefined)

  test('are those that export, decrypt or make a secret', () => {
    const ofThalassa: readonly ThalassaId[] = ['exchange-token', 'export', 'decrypt']
    const ofExoscale: readonly ExoscaleId[] = ['decrypt', 'generate-data-key', 'create-api-key']
    expect(revealing(thalassa)).toEqual(ofThalassa)
    expect(revealing(exoscale)).toEqual(ofExoscale)
  })
})
