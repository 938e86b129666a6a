/** Log on stderr, because stdout has the lines for other programs (`console: …`, `kms: …`, `export …`). */
import { styleText } from 'node:util'
import { type Logger, levels, pino } from 'pino'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

type Line = Readonly<Record<string, unknown>>

/** Members of every line, or with a fixed place in a request's line. */
const placed = new Set(['level', 'time', 'msg', 'method', 'path', 'status', 'duration', 'id'])

/** Text on one line, with control characters escaped. */
const text = (value: unknown) =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replaceAll(/\p{Cc}+/gu, ' ')

const rest = (line: Line) =>
  Object.entries(line)
    .filter(([name]) => !placed.has(name))
    .map(([name, value]) => ` ${name}=${text(value)}`)
    .join('')

/** JSON line as text: `10:31:07 GET /api/session 200 3 ms`, `10:31:07 warn: …`. */
export const readable = (json: string): string => {
  const line: Line = JSON.parse(json)
  const time = new Date(String(line.time)).toTimeString().slice(0, 8)
  if (line.method !== undefined && line.status !== undefined) {
    const status = Number(line.status)
    const shown = styleText(status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green', String(status))
    return `${time} ${text(line.method)} ${text(line.path)} ${shown} ${text(line.duration)} ms${rest(line)}\n`
  }
  const level = Number(line.level)
  const name = level === levels.values.info ? '' : `${levels.labels[level] ?? level}: `
  return `${time} ${level >= (levels.values.warn ?? 40) ? styleText('yellow', name) : name}${text(line.msg)}${rest(line)}\n`
}

/** Text lines in a terminal, JSON lines elsewhere. */
export const createLogger = (level: LogLevel, isTerminal = process.stderr.isTTY): Logger => {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (isTerminal) return pino(options, { write: (json) => void process.stderr.write(readable(json)) })
  const destination = pino.destination({ dest: 2, sync: true })
  // Writing to a closed terminal fails, which must not interrupt a clean stop.
  destination.on('error', () => undefined)
  return pino(options, destination)
}
