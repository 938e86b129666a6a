/** Releases of the vendor's tools that first have what came after KMS itself. `docs/connecting.md` shows the table. */
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'
import { type ExoscaleEndpoint, endpoints } from './endpoints.ts'
import { isJsonBody, type JsonBody, sdkOperationOf } from './sdk-operations.ts'

/** `asymmetric`: key specifications, signatures, public keys and RSA encryption. */
type Feature = 'asymmetric' | 'keyStores'

export const toolVersions: Readonly<Record<Feature, Readonly<Record<'exo' | 'Go' | 'Python', string>>>> = {
  asymmetric: {
    exo: 'exo 1.102.1 or newer',
    Go: 'egoscale newer than v3.1.59',
    Python: 'exoscale newer than 0.16.4',
  },
  keyStores: {
    exo: 'exo 1.102.1 or newer',
    Go: 'egoscale v3.1.59 or newer',
    Python: 'exoscale newer than 0.16.4',
  },
}

const namesAlgorithm = (body: JsonBody): boolean =>
  'encryption-algorithm' in body || Object.values(body).some((member) => isJsonBody(member) && namesAlgorithm(member))

function featureOf(call: Call): Feature | undefined {
  const { operation, body } = sdkOperationOf(call)
  if (/\bkey-store/.test(operation)) return 'keyStores'
  const { since }: ExoscaleEndpoint = endpoints[operation]
  const hasSpec = operation === 'create-kms-key' && 'key-spec' in body
  return since === '2026-11' || hasSpec || namesAlgorithm(body) ? 'asymmetric' : undefined
}

/**
 * Code in the order in which it is shown. curl comes last, since it needs a signing function, but first where the tools
 * need a recent release, which the code names then.
 */
export function withVersions(calls: readonly Call[], tools: readonly Snippet[], curl: Snippet): readonly Snippet[] {
  const feature = calls.map(featureOf).find((one) => one !== undefined)
  if (feature === undefined) return [...tools, curl]
  const versions: Readonly<Record<string, string>> = toolVersions[feature]
  return [
    curl,
    ...tools.map((tool) => {
      const requires = versions[tool.label]
      return requires === undefined ? tool : { ...tool, requires }
    }),
  ]
}
