import type { CloudConnection } from '../gateway/wire.ts'
import { defaultZone } from './rules.ts'

/** The zone that is asked for what belongs to the whole organisation: each gives the same answer. */
export const zoneOf = ({ zones = [] }: CloudConnection): string =>
  zones.includes(defaultZone) ? defaultZone : (zones[0] ?? defaultZone)
