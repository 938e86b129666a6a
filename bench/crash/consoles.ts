/** Two consoles whose records and local KMS are in one database, either of which may be killed at any time. */
import { hash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { consoleAddress, type Server, startServer } from '../server.ts'

export interface Consoles {
  /** Seals sessions of people, who are admins in the group. */
  readonly secret: string
  /** Of the local KMS, in base64. */
  readonly rootKey: string
  readonly group: string
  /** Of a program that is an admin too: it asks for approvals, which a person decides. */
  readonly token: string
  /** Addresses of the two; undefined while one is down. */
  addressOf(nth: number): string | undefined
  /** Kills one, and starts it again. */
  kill(nth: number): Promise<void>
  close(): Promise<void>
}

/** Milliseconds between two tries to start: the database may be down. */
const PAUSE = 100

export async function startConsoles(folder: string, databaseUrl: string): Promise<Consoles> {
  const group = 'admins'
  const secret = randomBytes(32).toString('hex')
  const rootKey = randomBytes(32).toString('base64')
  const token = randomBytes(24).toString('hex')
  const settings = {
    DATABASE_URL: databaseUrl,
    KMS_ROOT_KEY: rootKey,
    SESSION_SECRET: secret,
    API_TOKENS: `load:${hash('sha256', token)}`,
    ROLES: `${group}: admin; token:load: admin`,
    // The load comes from one program.
    RATE_LIMIT: '0',
  }
  const running: (Server | undefined)[] = []
  let isOver = false

  async function start(nth: number): Promise<void> {
    while (!isOver) {
      try {
        running[nth] = await startServer('console', join(folder, `console-${nth}`), settings)
        return
      } catch {
        await pause(PAUSE)
      }
    }
  }

  async function end(nth: number, signal: NodeJS.Signals): Promise<void> {
    const server = running[nth]
    running[nth] = undefined
    if (server === undefined) return
    const ended = new Promise((done) => server.child.once('exit', done))
    server.child.kill(signal)
    await ended
  }

  await Promise.all([start(0), start(1)])
  return {
    secret,
    rootKey,
    group,
    token,
    addressOf: (nth) => running[nth] && consoleAddress(running[nth].output),
    async kill(nth) {
      await end(nth, 'SIGKILL')
      await start(nth)
    },
    async close() {
      isOver = true
      await Promise.all([end(0, 'SIGTERM'), end(1, 'SIGTERM')])
    },
  }
}
