/** Calls of IAM: how their refusals read, and how a change is followed until the cloud has finished it. */
import { CallError } from '../errors.ts'
import { type Call, type Refusal, send, type Transport } from '../http.ts'
import type { Following } from '../iam.ts'
import { transportOf } from './connection.ts'
import type { EndpointId } from './endpoints.ts'
import { pollOperation, requireSuccess, unknownEnd } from './poll-operation.ts'
import { Operation } from './wire-organisation.ts'

/** Refusals of IAM, which differ from those of keys: no zones, no status, but roles. */
function explain(refusal: Refusal, operation: EndpointId): Refusal {
  const { reason, message } = refusal
  if (/forbidden by role policy/i.test(message))
    return {
      ...refusal,
      advice: `The role of the gateway’s API key must allow the operation ${operation} of the service iam. Change its policy, or give the gateway a key of another role.`,
    }
  if (/forbidden by organi[sz]ation policy/i.test(message))
    return {
      ...refusal,
      advice: `The organisation’s policy refuses it to every role. It must allow the operation ${operation} of the service iam.`,
    }
  if (/not in organi[sz]ation/i.test(message))
    return {
      ...refusal,
      reason: 'not-found',
      advice: 'It may have been deleted. The list is read again.',
    }
  if (/quota/i.test(message))
    return { ...refusal, reason: 'limit', advice: 'Delete what nothing uses, or ask Exoscale for a higher quota.' }
  if (reason === 'not-found')
    return {
      ...refusal,
      advice:
        operation === 'create-api-key'
          ? 'The role may have been deleted. Choose another.'
          : 'It may have been deleted. Read the list again.',
    }
  if (reason === 'invalid' && /^(policy\.)?(services|default-service-strategy)/i.test(message))
    return { ...refusal, field: 'policy', advice: '' }
  if (reason === 'unavailable') return { ...refusal, advice: 'Try again later.' }
  return refusal
}

export function iamTransport(zone: string, operation: EndpointId): Transport {
  const transport = transportOf(zone)
  return {
    ...transport,
    readError: async (status, body) => explain(await transport.readError(status, body), operation),
  }
}

/** Sends a change and waits until the cloud has done it; throws CallError with the reason when it failed on the way. */
export async function change(
  zone: string,
  operation: EndpointId,
  call: Call,
  { progress, signal }: Following = {},
): Promise<Operation> {
  const begun = await send(iamTransport(zone, operation), call, Operation)
  const read = (id: string) =>
    send(
      iamTransport(zone, 'get-operation'),
      { method: 'GET', path: `/v2/operation/${encodeURIComponent(id)}` },
      Operation,
      signal,
    )
  const ended = await pollOperation(begun, { read, progress, signal }).catch((error: unknown) => {
    throw error instanceof CallError ? unknownEnd(error) : error
  })
  requireSuccess(ended, call)
  return ended
}
