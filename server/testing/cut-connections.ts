/** A stretch of network that can fail: passes TCP connections on, and cuts them as a test wants. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What becomes of a connection in which the text is sent: it ends before that arrives, or before the answer does. */
export interface Cut {
  readonly at: string
  readonly when: 'before' | 'after'
}

export interface Network {
  /** The address, by way of this network. */
  readonly url: string
  /** The next connection that sends the text fails. */
  cut(cut: Cut): void
  /** Whether nothing gets through: connections are made, and nothing is answered. */
  setSilent(isSilent: boolean): void
  close(): Promise<void>
}

/** @param target address whose host and port are connected to */
export async function startNetwork(target: string): Promise<Network> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let next: Cut | undefined
  let isSilent = false

  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
  }

  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    let isAnswerLost = false
    keep(near)
    keep(far)
    const end = () => {
      near.destroy()
      far.destroy()
    }
    near.on('close', end).on('data', (bytes) => {
      if (isSilent) return
      const cut = next !== undefined && bytes.includes(next.at) ? next : undefined
      if (cut) next = undefined
      if (cut?.when === 'before') return end()
      isAnswerLost ||= cut !== undefined
      far.write(bytes)
    })
    far.on('close', end).on('data', (bytes) => {
      if (isAnswerLost) end()
      else if (!isSilent) near.write(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(target)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    cut(cut) {
      next = cut
    },
    setSilent(silent) {
      isSilent = silent
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
