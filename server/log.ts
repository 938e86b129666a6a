import { type Logger, pino } from 'pino'

/** JSON lines on stderr: stdout belongs to the lines that other programs read (`console: …`, `kms: …`, `export …`). */
export const createLogger = (level: 'info' | 'warn' | 'silent'): Logger => {
  const destination = pino.destination({ dest: 2, sync: true })
  // A terminal that was closed takes no more lines; that must not end the program half-way through its stop.
  destination.on('error', () => undefined)
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
}
