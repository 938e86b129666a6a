/** Periods of automatic rotation, each in the unit of its provider. */
import { DAY, HOUR } from '../lib/dates.ts'

export type PeriodUnit = 'days' | 'hours'

export interface Period {
  /** Whole number above zero. */
  readonly value: number
  readonly unit: PeriodUnit
}

const lengths: Readonly<Record<PeriodUnit, number>> = { days: DAY, hours: HOUR }

export const inDays = (value: number): Period => ({ value, unit: 'days' })

/** Milliseconds. */
export const periodLength = ({ value, unit }: Period): number => value * lengths[unit]

/** Instant that lies `times` periods after another; `times` can be negative. */
export const addPeriods = (instant: number, period: Period, times = 1): number => instant + times * periodLength(period)

export const isSamePeriod = (a: Period | undefined, b: Period | undefined): boolean =>
  a?.value === b?.value && a?.unit === b?.unit

/** Periods in days that forms offer beside a free choice. */
export const dayPresets = [30, 90, 180, 365] as const

/** `90 days`, `1 hour` */
export const formatPeriod = ({ value, unit }: Period): string => `${value} ${value === 1 ? unit.slice(0, -1) : unit}`

/** `90 d`, `6 h` */
export const formatPeriodShort = ({ value, unit }: Period): string => `${value} ${unit === 'days' ? 'd' : 'h'}`
