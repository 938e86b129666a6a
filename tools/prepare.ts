/** Builds the console before a program that serves it starts, once it is clear that the program can start. */
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { constants as system } from 'node:os'
import { join } from 'node:path'
import { readCommandLine } from '../server/command-line.ts'
import { readConfig } from '../server/config.ts'
import { readEnvFile } from '../server/env-file.ts'
import { listen } from '../server/listen.ts'
import { StartError } from '../server/start-error.ts'
import { version } from '../server/version.ts'

const checkStart = async (args: readonly string[]) => {
  const { host, port, kms } = readConfig(process.env, readCommandLine(args), readEnvFile())
  for (const [variable, wanted = 0] of [['PORT', port] as const, ['KMS_PORT', kms.port] as const]) {
    if (wanted === 0) continue
    const { close } = await listen({ fetch: async () => new Response(), host, port: wanted, variable })
    await close()
  }
}

const mayWrite = (folder: string) => {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const checkWritable = (root: string) => {
  const folders = [join(root, 'dist', 'assets'), join(root, 'dist')].filter((folder) => existsSync(folder))
  const closed = (folders.length > 0 ? folders : [root]).find((folder) => !mayWrite(folder))
  if (closed !== undefined) {
    throw new StartError(
      `The console has to be built, and this user may not write to ${closed}.\nRun, as a user who may:  npm run build`,
    )
  }
}

/** Resolves with the exit status of the build, which ends with this process. */
const runVite = (root: string) =>
  new Promise<number>((resolve, reject) => {
    // The default loader of the configuration writes into node_modules.
    const args = [
      join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '--configLoader',
      'native',
      '--logLevel',
      'warn',
    ]
    const env = { ...process.env, NODE_ENV: 'production' }
    const build = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', process.stderr, process.stderr] })
    const onSignal = (signal: NodeJS.Signals) => {
      build.kill(signal)
      process.exit(128 + system.signals[signal])
    }
    const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const
    for (const signal of signals) process.once(signal, onSignal)
    build.once('error', reject)
    build.once('close', (code) => {
      for (const signal of signals) process.off(signal, onSignal)
      resolve(code ?? 1)
    })
  })

/**
 * @param root the project's folder
 * @param args of `server/main.ts`; undefined for a program without settings
 * @throws StartError when the program could not start after the build, or the build fails
 */
export const prepare = async (root: string, args: readonly string[] | undefined): Promise<void> => {
  const parent = process.ppid
  console.error(`KMS Console ${version}: building…`)
  if (args !== undefined) await checkStart(args)
  checkWritable(root)
  if ((await runVite(root)) !== 0) throw new StartError('The build failed, for the reason above.')
  if (process.ppid !== parent) throw new StartError('npm has ended: not starting.')
}
