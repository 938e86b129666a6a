/** Tells when files have changed, also where another file or link takes the place of one. */
import { watch } from 'node:fs'
import { dirname } from 'node:path'

/** Milliseconds within which files that belong together are replaced. */
const SETTLED = 200

/** Milliseconds between two looks: not every file system tells of its changes. */
const LOOK = 60_000

/**
 * Does not keep the process running.
 * @param look called when a file may have changed; it reads them to know
 * @returns a function that ends it
 */
export function watchFiles(files: readonly string[], look: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(look, SETTLED).unref()
  }
  const interval = setInterval(look, LOOK).unref()
  // The folders: a watch of a file does not see that another one takes its name, nor Kubernetes' change of a link beside it.
  const watchers = [...new Set(files.map((file) => dirname(file)))].flatMap((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, later)
      watcher.on('error', () => watcher.close())
      return [watcher]
    } catch {
      // The system has no more watches: the interval finds the change.
      return []
    }
  })
  return () => {
    clearTimeout(timer)
    clearInterval(interval)
    for (const watcher of watchers) watcher.close()
  }
}
