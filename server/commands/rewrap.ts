/** `kms rewrap`: changes the root key of a data folder. */
import { rewrap } from '../kms/rewrap.ts'
import type { Run } from './command.ts'
import { contentsText } from './contents-text.ts'

export const run: Run = async ({ config }) => {
  const { contents, keyId, formerId, source } = await rewrap(config.kms)
  const where = source.startsWith('KMS_')
    ? `Set KMS_ROOT_KEY to the value of ${source} from now on.`
    : `It is in ${source}.`
  const lines = [
    `root key: ${keyId}. ${where}`,
    `${contentsText(contents)}, all wrapped under it and verified.`,
    formerId === undefined
      ? 'An interrupted change is now finished.'
      : `Backups from before need the former root key ${formerId}, unless they hold it. Create a new backup, and delete them.`,
  ]
  console.log(lines.join('\n'))
  return 'done'
}
