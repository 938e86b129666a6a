/** Requests and answers of operations on key stores, as published in November 2026. Every answered member is optional. */
import { object, time, uuid } from './keys.ts'
import type { ObjectSchema, Schema } from './schema.ts'

const text = { type: 'string' } as const
const description = { type: 'string', maxLength: 1024 } as const
const auth = object({ key: text, secret: text })

export const createRequest = object(
  {
    name: { type: 'string', minLength: 1, maxLength: 256 },
    description,
    type: { type: 'string', enum: ['external-key-store'], default: 'external-key-store' },
    proxy: object({ endpoint: text, auth }),
  },
  'description',
  'type',
)

export const updateRequest = object(
  { description, proxy: object({ endpoint: text, auth }, 'endpoint', 'auth') },
  'description',
  'proxy',
)

const optional = (properties: Readonly<Record<string, Schema>>): ObjectSchema => ({ type: 'object', properties })

const listed = {
  id: uuid,
  name: text,
  description: text,
  type: { type: 'string', enum: ['external-key-store'] },
  status: { type: 'string', enum: ['connected', 'disconnected'] },
  'status-since': time,
  'created-at': time,
  proxy: optional({ endpoint: text, auth: optional({ key: text }) }),
} as const

export const listedStore = optional(listed)
export const storeList = optional({ 'key-stores': { type: 'array', items: listedStore } })

export const store = optional({
  ...listed,
  health: optional({
    status: { type: 'string', enum: ['healthy', 'unhealthy', 'unknown'] },
    'status-reason': text,
    'checked-at': time,
    'metadata-json': { type: 'string', format: 'byte' },
    'error-detail': text,
  }),
})
