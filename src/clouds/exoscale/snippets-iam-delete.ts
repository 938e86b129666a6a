import { shellQuote } from '../../lib/shell.ts'
import type { Call } from '../http.ts'
import type { ApiKey } from '../iam.ts'
import type { Snippet } from '../snippet.ts'
import { terraformDestroy } from '../snippet.ts'
import { requestCode } from './code.ts'

/** Deletes by id, because several API keys may have the same name. */
export const deleteKeyCode = (zone: string, call: Call, { key, name }: ApiKey): readonly Snippet[] => [
  ...requestCode(zone, [call], [[`iam api-key delete ${shellQuote(key)}`]]),
  terraformDestroy('exoscale_iam_api_key', name),
]
