/** The development server, as its test starts it: on any free port, and blind to files that change meanwhile. */
import { createServer } from 'vite'

const server = await createServer({ logLevel: 'warn', server: { port: 0, watch: null } })
await server.listen()
const [url = ''] = server.resolvedUrls?.local ?? []
process.stdout.write(`console: ${url.replace(/\/$/, '')}\n`)
