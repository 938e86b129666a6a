import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { gatewayPlugin } from './server/dev.ts'
import { developmentHeaders, developmentNonce } from './server/gateway/security-headers.ts'
import { codeSplitting } from './tools/build/chunks.ts'
import { recordInputs } from './tools/build/fingerprint.ts'
import { firstScreen } from './tools/build/first-screen.ts'
import { icons } from './tools/build/icons.ts'
import { licenses } from './tools/build/licenses.ts'
import { plainRoot } from './tools/build/plain-root.ts'
import { precompress } from './tools/build/precompress.ts'
import { preload, preloaded } from './tools/build/preload.ts'

const folder = import.meta.dirname
const root = plainRoot(folder)
const { main: licensesOfAll, workers: licensesOfWorkers } = licenses(root)

export default defineConfig(({ command }) => ({
  root,
  // The console may be served under a path: files find each other by relative addresses.
  base: command === 'build' ? './' : '/',
  // Else modules get their names in the real folder again.
  resolve: { preserveSymlinks: root !== folder },
  plugins: [
    react(),
    tailwindcss(),
    gatewayPlugin(),
    firstScreen({
      path: '/keys',
      modules: ['src/main.tsx', 'src/pages/keys/KeysPage.tsx'],
      limits: { kilobytes: 150, requests: 12 },
    }),
    icons(),
    preload(),
    licensesOfAll,
    precompress(),
    recordInputs(folder, 'console'),
  ],
  worker: { plugins: licensesOfWorkers },
  server: {
    host: '127.0.0.1',
    port: 5173,
    headers: developmentHeaders,
    // The first four are Vite's own, which a list here replaces.
    fs: { deny: ['.env', '.env.*', '*.{crt,pem}', '**/.git/**', '**/.data/**'] },
  },
  ...(command === 'serve' ? { html: { cspNonce: developmentNonce } } : {}),
  build: {
    // The policy allows no data: URLs.
    assetsInlineLimit: 0,
    // Browsers that this console runs in preload modules themselves.
    modulePreload: { polyfill: false, resolveDependencies: preloaded },
    // What counts is the first screen in gzip, which has its own limits above.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { output: { codeSplitting } },
  },
}))
