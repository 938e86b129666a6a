/** `kms export-seed [FILE]`: exports the local KMS's content as a seed; without a file to stdout. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { placeNew, placeOver, temporaryBeside } from '../kms/atomic-file.ts'
import { openExisting } from '../kms/data-folder.ts'
import { exportSeed } from '../kms/seed/export.ts'
import { StartError } from '../start-error.ts'
import type { Run } from './command.ts'
import { withReadableFolder } from './readable-folder.ts'

/** Writes a file with mode 0600, complete or not at all. */
function write(file: string, text: string, force: boolean): void {
  const taken = () => new StartError(`${file} exists already. Choose another name, or replace it with --force.`)
  if (existsSync(file) && !force) throw taken()
  const temporary = temporaryBeside(file)
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' })
    if (force) placeOver(temporary, file)
    else if (!placeNew(temporary, file)) throw taken()
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`Can't write ${file}: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    rmSync(temporary, { force: true })
  }
}

export const run: Run = async ({ config, flags, operand }) => {
  const text = await withReadableFolder(config.kms, async (folder) => {
    const { store, keyWrapper } = openExisting(folder)
    try {
      return await exportSeed({ store, keyWrapper, withMaterial: flags['with-material'] ?? false })
    } finally {
      await store.close()
    }
  })
  if (operand === undefined) await new Promise((resolve) => process.stdout.write(text, resolve))
  else {
    // npm runs scripts in the project's folder, and passes the working directory in INIT_CWD.
    const file = resolve(process.env.INIT_CWD ?? '', operand)
    write(file, text, flags.force ?? false)
    console.log(`seed: ${file}`)
  }
  return 'done'
}
