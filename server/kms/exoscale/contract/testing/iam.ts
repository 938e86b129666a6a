/** API keys, roles, policies, operations and related objects that a console reads, as published in July 2026. */
import { object, time, uuid } from './keys.ts'
import type { ObjectSchema, Schema } from './schema.ts'

const text = { type: 'string' } as const
const integer = { type: 'integer' } as const
const strategy = { type: 'string', enum: ['allow', 'deny'] } as const
const texts = { type: 'array', items: text } as const

/** Object with optional members only. */
const loose = (properties: Readonly<Record<string, Schema>>): ObjectSchema => ({ type: 'object', properties })

const rules = {
  type: 'array',
  items: loose({ action: strategy, expression: text, resources: texts }),
} as const

export const policy = object({
  'default-service-strategy': strategy,
  services: {
    type: 'object',
    additionalProperties: loose({ type: { type: 'string', enum: ['rules', 'allow', 'deny'] }, rules }),
  },
})

const updatable = {
  description: { type: 'string', minLength: 1, maxLength: 255 },
  permissions: {
    type: 'array',
    items: { type: 'string', enum: ['bypass-governance-retention', 'reset-iam-organization-policy'] },
    uniqueItems: true,
  },
  labels: { type: 'object', additionalProperties: text },
  'assume-role-policy': loose({ rules }),
  'max-session-ttl': { type: 'integer', exclusiveMinimum: 0 },
} as const

const roleMembers = { ...updatable, editable: { type: 'boolean' }, policy } as const

export const role = loose({ ...roleMembers, id: uuid, name: { type: 'string', minLength: 1, maxLength: 255 } })
export const roleList = loose({ 'iam-roles': { type: 'array', items: role } })
export const updateRoleRequest = loose(updatable)
export const createRoleRequest: ObjectSchema = {
  ...loose({ ...roleMembers, name: { type: 'string', minLength: 1, maxLength: 191 } }),
  required: ['name'],
}

const apiKeyMembers = { name: text, key: text, 'role-id': uuid } as const
export const apiKey = loose(apiKeyMembers)
export const apiKeyListOf = (items: ObjectSchema) => loose({ 'api-keys': { type: 'array', items } })
/** Since November 2026, and not at creation. */
export const datedApiKey = loose({ ...apiKeyMembers, 'created-at': time })
export const createdApiKey = loose({ ...apiKeyMembers, secret: text })
export const createApiKeyRequest = object({ 'role-id': uuid, name: { type: 'string', minLength: 1, maxLength: 255 } })

export const operation = loose({
  id: uuid,
  state: { type: 'string', enum: ['failure', 'pending', 'success', 'timeout'] },
  reason: {
    type: 'string',
    enum: [
      'incorrect',
      'unknown',
      'unavailable',
      'forbidden',
      'busy',
      'fault',
      'partial',
      'not-found',
      'interrupted',
      'unsupported',
      'conflict',
    ],
  },
  message: text,
  reference: loose({ id: uuid, link: text, command: text }),
})

const zone = loose({
  name: {
    type: 'string',
    enum: ['ch-dk-2', 'de-muc-1', 'ch-gva-2', 'at-vie-1', 'de-fra-1', 'bg-sof-1', 'at-vie-2', 'hr-zag-1'],
  },
  'api-endpoint': text,
  'sos-endpoint': text,
  /** Undocumented, but present in real answers. */
  id: uuid,
})
export const zoneList = loose({ zones: { type: 'array', items: zone } })

export const organization = loose({
  id: uuid,
  name: text,
  address: text,
  postcode: text,
  city: text,
  country: text,
  currency: text,
})

/** -1 means unlimited. */
export const quota = loose({ resource: text, usage: integer, limit: { type: 'integer', minimum: -1 } })
export const quotaList = loose({ quotas: { type: 'array', items: quota } })

const event: ObjectSchema = {
  ...loose({
    timestamp: time,
    handler: text,
    message: text,
    status: integer,
    'source-ip': text,
    zone: text,
    uri: text,
    'request-id': text,
    'elapsed-ms': integer,
    'iam-user': { type: 'object', additionalProperties: true },
    'iam-role': { type: 'object', additionalProperties: true },
    'iam-api-key': { type: 'object', additionalProperties: true },
  }),
  /** Contains the call's parameters among its own members. */
  additionalProperties: true,
}
export const eventList = { type: 'array', items: event } as const
