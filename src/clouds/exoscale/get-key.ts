import { send } from '../http.ts'
import { keyPath, transportOf } from './connection.ts'
import { readKey } from './read.ts'
import { KmsKey } from './wire.ts'

export const getKey = async (zone: string, id: string, signal?: AbortSignal) =>
  readKey(await send(transportOf(zone), { method: 'GET', path: keyPath(id) }, KmsKey, signal), zone)
