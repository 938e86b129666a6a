import { spawn } from 'node:child_process'
import { constants as system } from 'node:os'
import { join } from 'node:path'
import type { Target } from './fingerprint.ts'

const configurations: Readonly<Record<Target, string>> = {
  console: 'vite.config.ts',
  server: 'tools/build/server.config.ts',
}

/**
 * Builds one target in a process that ends with this one.
 * @param args arguments of `vite build`
 * @param output destination of the build's messages
 * @returns the exit status
 */
export const runBuild = (
  root: string,
  target: Target,
  args: readonly string[],
  output: 'stdout' | 'stderr',
): Promise<number> =>
  new Promise((resolve, reject) => {
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    // The default loader of the configuration writes into node_modules.
    const all = [vite, 'build', '--config', join(root, configurations[target]), '--configLoader', 'native', ...args]
    const stream = process[output]
    const build = spawn(process.execPath, all, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', stream, process.stderr],
    })
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
