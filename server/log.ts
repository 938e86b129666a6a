import { type Logger, pino } from 'pino'

/** JSON lines on stderr: stdout belongs to the lines that other programs read (`console: …`, `kms: …`, `export …`). */
export const createLogger = (level: 'info' | 'warn' | 'silent'): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
