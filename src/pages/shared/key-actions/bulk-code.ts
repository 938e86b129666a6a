/** Code of a bulk action: a request for one key of each provider, and a list of the other keys. */
import type { Cloud } from '../../../clouds/cloud.ts'
import { operationCode } from '../../../clouds/code-registry.ts'
import { deletionDelayOf } from '../../../clouds/key-operations.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { needsPeriod } from '../../../clouds/refusals.ts'
import { clouds } from '../../../clouds/registry.ts'
import type { Snippet } from '../../../clouds/snippet.ts'
import { count } from '../../../lib/numbers.ts'
import { notValidYet, type SnippetGroup } from '../ShowCode.tsx'
import type { BulkAction } from './bulk-actions.ts'
import { type BulkInput, deletionInput } from './bulk-plan.ts'

/** Keys whose ids are listed in the code; above that, none are. */
const LISTED = 20

function codeOf(action: BulkAction, key: KmsKey, input: BulkInput): Omit<SnippetGroup, 'label'> {
  if (action === 'setRotation') return { snippets: operationCode(key, action, input.rotation) }
  if (action !== 'scheduleDeletion') return { snippets: operationCode(key, action, {}) }
  const deletionDelay = deletionDelayOf(key.cloud)
  const chosen = deletionInput(key, input)
  if (chosen.days === undefined || needsPeriod(chosen.days, deletionDelay) === undefined)
    return { snippets: operationCode(key, action, chosen) }
  const days = deletionDelay.default
  return { snippets: operationCode(key, action, { days }), note: notValidYet('days', days) }
}

function withKeyList(snippet: Snippet, others: readonly KmsKey[], { longName, capabilities }: Cloud): Snippet {
  const comment = (text: string) => `${snippet.language === 'go' ? '//' : '#'} ${text}`
  const allKeys = `${count(others.length + 1, 'key')} of ${longName}`
  const summary = others.length === 0 ? `For ${allKeys}.` : `For each of ${allKeys}; here for the first of them.`
  const listed = [
    '',
    comment(`The others, by ${capabilities.locationNoun} and id:`),
    ...others.map(({ location, id }) => comment(`${location} ${id}`)),
  ]
  const isListed = others.length > 0 && others.length < LISTED
  return { ...snippet, code: [comment(summary), snippet.code, ...(isListed ? listed : [])].join('\n') }
}

export const bulkCode = (action: BulkAction, keys: readonly KmsKey[], input: BulkInput): readonly SnippetGroup[] =>
  clouds.flatMap((cloud) => {
    const [first, ...others] = keys.filter((key) => key.cloud === cloud.id)
    if (!first) return []
    const { snippets, ...rest } = codeOf(action, first, input)
    return {
      ...rest,
      label: `Code for ${cloud.longName}`,
      snippets: snippets.map((snippet) => withKeyList(snippet, others, cloud)),
    }
  })
