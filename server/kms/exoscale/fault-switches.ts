import type { ApiRevision } from '../../../src/clouds/exoscale/revisions.ts'
import { isZoneName, type ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import type { XksOptions } from './key-stores/options.ts'

/** Rare behaviour of the cloud, switched on for tests and demonstrations. */
export interface FaultSwitches {
  /** `pending`: changes of IAM return a pending operation, which is complete when it is first read. */
  readonly operations: 'done' | 'pending'
  /** Default key: in lists, readable only by its id, or absent. */
  readonly defaultKey: 'listed' | 'hidden' | 'absent'
  /** Replication to this zone fails. */
  readonly failingZone: ZoneName | undefined
  /** `material`: a key's `created-at` becomes that of its newest version, as observed in the cloud. */
  readonly createdAt: 'key' | 'material'
}

export interface ExoscaleOptions {
  /** `2026-11` unless given. */
  readonly exoscaleApi?: ApiRevision
  readonly exoscaleSwitches?: FaultSwitches
  readonly xks?: XksOptions
}

export const defaultSwitches: FaultSwitches = {
  operations: 'done',
  defaultKey: 'listed',
  failingZone: undefined,
  createdAt: 'key',
}

const readers: Readonly<Record<string, (value: string) => Partial<FaultSwitches> | undefined>> = {
  operations: (value) => (value === 'pending' ? { operations: value } : undefined),
  'default-key': (value) =>
    value === 'listed' || value === 'hidden' || value === 'absent' ? { defaultKey: value } : undefined,
  'replication.fail': (value) => (isZoneName(value) ? { failingZone: value } : undefined),
  'quirk.created-at': (value) => (value === 'material' ? { createdAt: value } : undefined),
}

export const SWITCHES_HELP =
  'takes operations=pending, default-key=listed, hidden or absent, replication.fail=ZONE and quirk.created-at=material, separated by commas'

/** Parses `name=value,name=value`; undefined for any other text. */
export function readSwitches(text: string): FaultSwitches | undefined {
  let switches = defaultSwitches
  for (const pair of text.split(',').filter((part) => part.trim() !== '')) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(pair.trim()) ?? []
    const read = Object.hasOwn(readers, name) ? readers[name]?.(value) : undefined
    if (!read) return undefined
    switches = { ...switches, ...read }
  }
  return switches
}
