/** Development server for a test: on a free port, without watching files. */
import { createServer } from 'vite'

const server = await createServer({ logLevel: 'warn', server: { port: 0, watch: null } })
await server.listen()
const [url = ''] = server.resolvedUrls?.local ?? []
process.stdout.write(`console: ${url.replace(/\/$/, '')}\n`)
