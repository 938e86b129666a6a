/** `kms restore FILE`: restores a backup into a data folder. */
import { resolve } from 'node:path'
import { restore } from '../kms/restore.ts'
import type { Run } from './command.ts'
import { contentsText } from './contents-text.ts'

export const run: Run = async ({ config, flags, operand = '' }) => {
  const { dataDir, rootKey } = config.kms
  const file = resolve(process.env.INIT_CWD ?? '', operand)
  const { contents, kept } = restore({ dataDir, rootKey, file, force: flags.force ?? false, now: Date.now() })
  const lines = [`restored: ${resolve(dataDir)}`, `${contentsText(contents)}, all verified.`]
  for (const one of kept) lines.push(`What was there is kept: ${resolve(one)}`)
  console.log(lines.join('\n'))
  return 'done'
}
