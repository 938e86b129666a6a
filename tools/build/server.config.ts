/** Build of the server to plain JavaScript without package dependencies, for production. */
import { join } from 'node:path'
import { defineConfig } from 'vite'
import { recordInputs } from './fingerprint.ts'
import { licenses } from './licenses.ts'
import { plainRoot } from './plain-root.ts'

const folder = join(import.meta.dirname, '../..')
const root = plainRoot(folder)

export default defineConfig({
  root,
  publicDir: false,
  resolve: { preserveSymlinks: root !== folder },
  plugins: [licenses(root).main, recordInputs(folder, 'server')],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist-server',
    // Stack traces have the names of the sources.
    minify: false,
    rolldownOptions: {
      input: {
        main: join(root, 'server/main.ts'),
        'decrypt-file': join(root, 'server/decrypt-file.ts'),
        // Threads load it by its name, beside the file that starts them.
        worker: join(root, 'server/kms/crypto/worker.ts'),
      },
      // Paths to package.json and to the console are relative to this one folder.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
})
