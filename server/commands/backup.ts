/** `kms backup FILE`: backs up the local KMS to one file while it runs. */
import { resolve } from 'node:path'
import { backUp } from '../kms/backup.ts'
import type { Run } from './command.ts'
import { contentsText } from './contents-text.ts'
import { withReadableFolder } from './readable-folder.ts'

export const run: Run = async ({ config, flags, operand = '' }) => {
  const { file, contents, keyBeside, keyId } = await withReadableFolder(config.kms, (folder) =>
    backUp({
      ...folder,
      // npm runs scripts in the project's folder, and passes the working directory in INIT_CWD.
      file: resolve(process.env.INIT_CWD ?? '', operand),
      force: flags.force ?? false,
      withRootKey: flags['with-root-key'] ?? false,
    }),
  )
  const key =
    keyBeside === undefined
      ? `The root key ${keyId} is in it: anyone with this file has every key.`
      : `The root key ${keyId} is not in it, and without that key nothing in it opens. Keep in another place: ${keyBeside}`
  console.log([`backup: ${file}`, `${contentsText(contents)}, all verified.`, key].join('\n'))
  return 'done'
}
