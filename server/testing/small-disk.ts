/** A small disk that tests fill: a file system of its own where one may be mounted, else a limit on the size of files. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { main, type Program, watched } from './program.ts'

const SIZE = 8 * 1_048_576

export interface SmallDisk {
  readonly folder: string
  /** Leaves this many bytes to programs that start from now on, and with a mounted disk also to those that run. */
  leave(bytes: number): void
  /** Starts the program with its data folder on the disk, or below it. */
  start(args: readonly string[], dataDir?: string): Program
}

function mounted(folder: string): boolean {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder])
  return status === 0
}

const environment = (dataDir: string) => ({ PATH: process.env.PATH ?? '', KMS_ENV_FILE: '', KMS_DATA_DIR: dataDir })

const largestIn = (folder: string): number =>
  Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? largestIn(join(folder, entry.name)) : statSync(join(folder, entry.name)).size,
    ),
  )

export function smallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  const isMounted = mounted(folder)
  const ballast = join(folder, 'ballast')
  let limit: number | undefined
  onTestFinished(() => {
    if (isMounted) spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    leave(bytes) {
      if (isMounted) {
        rmSync(ballast, { force: true })
        const { bavail, bsize } = statfsSync(folder)
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytes), 1))
      } else limit = Math.ceil((largestIn(folder) + bytes) / 512)
    },
    start(args, dataDir = folder) {
      const limited = limit === undefined ? '' : `ulimit -f ${limit}; `
      const child = spawn('sh', ['-c', `${limited}exec "$0" "$@"`, process.execPath, main, ...args], {
        cwd: tmpdir(),
        env: environment(dataDir),
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      return watched(child)
    },
  }
}
