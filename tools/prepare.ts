/** Builds what a program needs, after checking that it can start. */
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { readCommandLine } from '../server/command-line.ts'
import { readConfig } from '../server/config.ts'
import { readEnvFile } from '../server/env-file.ts'
import { listen } from '../server/listen.ts'
import { StartError } from '../server/start-error.ts'
import { version } from '../server/version.ts'
import type { Target } from './build/fingerprint.ts'
import { runBuild } from './build/run-build.ts'

const checkStart = async (args: readonly string[]) => {
  const { host, port, kms } = readConfig(process.env, readCommandLine(args), readEnvFile())
  for (const [variable, wanted = 0] of [['PORT', port] as const, ['KMS_PORT', kms.port] as const]) {
    if (wanted === 0) continue
    const { close } = await listen({ answer: async () => ({ status: 404, headers: {} }), host, port: wanted, variable })
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

const outputs = { console: ['dist/assets', 'dist'], server: ['dist-server'] } as const satisfies Record<
  Target,
  readonly string[]
>

const checkWritable = (root: string, target: Target) => {
  const folders = outputs[target].map((folder) => join(root, folder)).filter((folder) => existsSync(folder))
  const closed = (folders.length > 0 ? folders : [root]).find((folder) => !mayWrite(folder))
  if (closed !== undefined) {
    throw new StartError(
      `The ${target} has to be built, and this user has no permission to write to ${closed}.\nRun, as a user who may:  npm run build`,
    )
  }
}

/**
 * @param root the project's folder
 * @param targets missing or outdated build targets
 * @param args arguments of `server/main.ts`; undefined for a program without settings
 * @throws StartError if the program could not start after the build, or the build fails
 */
export const prepare = async (
  root: string,
  targets: readonly Target[],
  args: readonly string[] | undefined,
): Promise<void> => {
  const parent = process.ppid
  console.error(`KMS Console ${version}: building…`)
  if (args !== undefined) await checkStart(args)
  for (const target of targets) checkWritable(root, target)
  const statuses = await Promise.all(targets.map((target) => runBuild(root, target, ['--logLevel', 'warn'], 'stderr')))
  if (statuses.some((status) => status !== 0)) throw new StartError('The build failed, for the reason above.')
  if (process.ppid !== parent) throw new StartError('npm has ended: not starting.')
}
