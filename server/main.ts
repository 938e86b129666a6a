/** Runs the command that the command line names, and stops it cleanly when told to. */
import { helpOf, loadCommand, readCommandLine } from './command-line.ts'
import { readConfig, readEnvironment, variablesOfFile } from './config.ts'
import { KmsStartError } from './kms/root-key.ts'
import { createLogger } from './log.ts'
import { StartError } from './start-error.ts'

/** Undone in reverse order when the program ends, or when its start fails half-way. */
const undo: Array<() => void | Promise<void>> = []

const stop = async (code: number) => {
  for (const step of undo.splice(0).reverse()) await step()
  process.exit(code)
}

const start = async () => {
  const commandLine = readCommandLine(process.argv.slice(2))
  if (commandLine.flags.help) {
    console.log(helpOf(commandLine.command))
    return
  }
  const log = createLogger('info')
  const config = readConfig(readEnvironment(), commandLine, variablesOfFile())
  for (const warning of config.warnings) log.warn(warning)
  const { run } = await loadCommand(commandLine.command)
  const outcome = await run({ ...commandLine, config, log, onStop: (step) => undo.push(step) })
  if (outcome === 'done') await stop(0)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
try {
  await start()
} catch (error) {
  const forPeople = error instanceof StartError || error instanceof KmsStartError
  console.error(forPeople ? error.message : error)
  await stop(1)
}
