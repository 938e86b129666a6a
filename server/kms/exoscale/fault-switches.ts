import { isZoneName, type ZoneName } from '../../../src/clouds/exoscale/rules.ts'

/** Behaviour that is known of the cloud and not wanted every day: turned on for tests and demonstrations. */
export interface FaultSwitches {
  /** `pending`: changes of IAM answer an operation under way, which is done when it is first read. */
  readonly operations: 'done' | 'pending'
  /** The organisation's own key, which the cloud makes: in lists, only by its id, or not there. */
  readonly defaultKey: 'listed' | 'hidden' | 'absent'
  /** Replication to this zone fails. */
  readonly failingZone: ZoneName | undefined
  /** `material`: a key's `created-at` jumps to that of its newest version, as the cloud has been seen to answer. */
  readonly createdAt: 'key' | 'material'
}

/** Revision of the API: the first published one, or that of July 2026. They differ in statuses and a few members. */
export type ApiRevision = 'reference' | '2026-07'

export interface ExoscaleOptions {
  /** `reference` unless given. */
  readonly exoscaleApi?: ApiRevision
  readonly exoscaleSwitches?: FaultSwitches
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

/** Reads `name=value,name=value`; undefined for anything else. */
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
