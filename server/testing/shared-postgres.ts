/** Vitest's global setup: one PostgreSQL for all test files, which the first one that asks for it starts. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { type Postgres, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers each request with the address of a new, empty database. */
    postgresDatabases: string
  }
}

let postgres: Promise<Postgres> | undefined
let made = 0

async function newDatabase(): Promise<string> {
  made += 1
  const name = `test_${made}`
  postgres ??= startPostgres()
  return (await postgres).createDatabase(name)
}

const server = createServer((_request, response) => {
  newDatabase().then(
    (url) => response.end(url),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})

export async function setup(project: TestProject): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('postgresDatabases', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

export async function teardown(): Promise<void> {
  server.closeAllConnections()
  server.close()
  await (await postgres)?.close()
}
