/** Program of a thread: runs one job after the other. */
import { parentPort } from 'node:worker_threads'
import { type Job, type JobReply, jobs, refusals } from './jobs.ts'

async function replyTo({ name, input }: Job): Promise<JobReply> {
  try {
    const result: unknown = await Reflect.apply(jobs[name], undefined, input)
    return { result }
  } catch (error) {
    const refusal = refusals.findIndex((refused) => error instanceof refused)
    return refusal >= 0 ? { refusal } : { error }
  } finally {
    for (const bytes of input) if (bytes instanceof Uint8Array) bytes.fill(0)
  }
}

function send(reply: JobReply): void {
  const result = 'result' in reply && reply.result instanceof Uint8Array ? reply.result : undefined
  // A copy of its own: a message of a view takes the whole memory behind it along.
  parentPort?.postMessage(result ? { result: new Uint8Array(result) } : reply)
  result?.fill(0)
}

parentPort?.on('message', (job: Job) => void replyTo(job).then(send))
