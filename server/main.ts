/** Runs the command of the command line, and stops it cleanly at a signal. */
import { type CommandName, helpOf, readCommandLine } from './command-line.ts'
import type { Run } from './commands/command.ts'
import { readConfig } from './config.ts'
import { readEnvFile } from './env-file.ts'
import { KmsStartError } from './kms/root-key.ts'
import { createLogger } from './log.ts'
import { StartError } from './start-error.ts'
import { createStop } from './stop.ts'
import { version } from './version.ts'

const commands: Readonly<Record<CommandName, () => Promise<{ readonly run: Run }>>> = {
  console: () => import('./commands/console.ts'),
  kms: () => import('./commands/kms.ts'),
  'kms accept-clock': () => import('./commands/accept-clock.ts'),
  'kms backup': () => import('./commands/backup.ts'),
  'kms export-seed': () => import('./commands/export-seed.ts'),
  'kms restore': () => import('./commands/restore.ts'),
  'kms verify': () => import('./commands/verify.ts'),
  'kms migrate': () => import('./commands/migrate.ts'),
  'kms rewrap': () => import('./commands/rewrap.ts'),
  'audit verify': async () => ({ run: (await import('./commands/audit.ts')).verify }),
  'audit export': async () => ({ run: (await import('./commands/audit.ts')).exportEvents }),
  demo: () => import('./commands/demo.ts'),
}

const log = createLogger('info')
const stop = createStop((reason) => log.info(reason))

const start = async () => {
  const commandLine = readCommandLine(process.argv.slice(2))
  const { help, version: isVersionAsked } = commandLine.flags
  if (help || isVersionAsked) {
    console.log(help ? helpOf(commandLine.command) : version)
    return stop.now(0)
  }
  const file = readEnvFile()
  const config = readConfig(process.env, commandLine, file)
  if (config.logLevel) log.level = config.logLevel
  if (file) log.info(`Settings are read from ${file.path}.`)
  stop.allow(config.stopGrace)
  for (const warning of config.warnings) log.warn(warning)
  const { run } = await commands[commandLine.command]()
  const outcome = await run({ ...commandLine, config, log, onStop: stop.add })
  if (outcome === 'done') await stop.now(0)
}

try {
  await start()
} catch (error) {
  const forPeople = error instanceof StartError || error instanceof KmsStartError
  console.error(forPeople ? error.message : error)
  await stop.now(1)
}
