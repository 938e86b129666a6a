/** Memory of another Node process after a collection of its garbage, asked through Node's inspector on this machine. */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { platform } from 'node:process'
import * as z from 'zod'

/** Flag of a process that `openMemory` can ask: any free port, opened by the signal. */
export const inspectable = '--inspect-port=127.0.0.1:0'

export interface Memory {
  /** Megabytes of objects that are in use. */
  readonly heap: number
  /** Megabytes of the process that are in memory; NaN where Linux does not tell. */
  readonly resident: number
}

const Message = z.object({
  id: z.number(),
  result: z.optional(z.object({ usedSize: z.optional(z.number()), backingStorageSize: z.optional(z.number()) })),
})
type Result = NonNullable<z.infer<typeof Message>['result']>

function residentOf(pid: number | undefined): number {
  if (platform !== 'linux') return Number.NaN
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1000
}

/** Opens the inspector of a process that was started with the flag `inspectable` and a pipe for its errors. */
export async function openMemory(child: ChildProcess): Promise<{ measure(): Promise<Memory>; close(): void }> {
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    const listen = (text: Buffer) => {
      said += text.toString()
      const [, found] = /Debugger listening on (ws:\S+)/.exec(said) ?? []
      if (found === undefined) return
      child.stderr?.off('data', listen)
      child.stderr?.resume()
      resolve(found)
    }
    child.stderr?.on('data', listen)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    child.kill('SIGUSR1')
  })
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  const waiting = new Map<number, (result: Result) => void>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result = {} } = Message.parse(JSON.parse(String(data)))
    waiting.get(id)?.(result)
    waiting.delete(id)
  })
  let last = 0
  const ask = (method: string) =>
    new Promise<Result>((resolve) => {
      last += 1
      waiting.set(last, resolve)
      socket.send(JSON.stringify({ id: last, method }))
    })
  return {
    async measure() {
      await ask('HeapProfiler.collectGarbage')
      const { usedSize = Number.NaN, backingStorageSize = 0 } = await ask('Runtime.getHeapUsage')
      return { heap: (usedSize + backingStorageSize) / 1e6, resident: residentOf(child.pid) }
    },
    close: () => socket.close(),
  }
}
