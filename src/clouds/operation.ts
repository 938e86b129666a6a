import type * as z from 'zod/mini'
import { decode } from '../lib/encodings.ts'
import type { Operation } from './cloud.ts'
import { CallError } from './errors.ts'
import { type Call, send, type Transport } from './http.ts'
import type { KmsKey } from './model.ts'

/** An operation that is one call: the request and the code that shows it are made from the same value. */
export interface OperationDefinition<Input, Schema extends z.ZodMiniType, Answer> {
  readonly offers?: (key: KmsKey) => boolean
  readonly refusal: (key: KmsKey) => string | undefined
  readonly call: (key: KmsKey, input: Input) => Call
  readonly schema: Schema
  readonly read: (answer: z.output<Schema>, call: Call) => Answer
}

/** How one cloud makes operations out of definitions. */
export const operationFactory =
  (transport: (key: KmsKey) => Transport) =>
  <Input, Schema extends z.ZodMiniType, Answer>(
    definition: OperationDefinition<Input, Schema, Answer>,
  ): Operation<Input, Answer> => ({
    ...(definition.offers ? { offers: definition.offers } : {}),
    refusal: definition.refusal,
    async run(key, input, signal) {
      const call = { ...definition.call(key, input), project: key.project }
      return definition.read(await send(transport(key), call, definition.schema, signal), call)
    },
    calls: (key, input) => [definition.call(key, input)],
  })

/** The bytes of a base64 member of an answer; throws CallError when a cloud sends something else. */
export function bytesOfAnswer(
  text: string,
  { cloud, name }: Transport,
  { method, path }: Call,
): Uint8Array<ArrayBuffer> {
  const decoded = decode(text, 'base64')
  if ('bytes' in decoded) return decoded.bytes
  throw new CallError({
    cloud,
    reason: 'broken-answer',
    message: `${name} sent a plaintext that is not base64.`,
    advice: 'Try again. If it stays, a proxy may answer in the cloud’s place.',
    method,
    path,
  })
}
