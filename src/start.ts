/** Starts the app once the frame of the page in index.html is painted, which the app's code would otherwise hold up. */
import './styles.css'

/** Says in the frame which page comes: its entry in the navigation, its title, and the tools of the list of keys. */
function namePage() {
  // This file is in a folder of the root, both in the build and on the development server.
  const base = new URL('..', new URL(import.meta.url)).pathname
  const path = location.pathname.slice(base.length)
  const entry = document.querySelector(`#frame-screens [data-path="${CSS.escape(path)}"]`)
  entry?.setAttribute('aria-current', 'page')
  const title = document.getElementById('frame-title')
  if (title && entry) title.textContent = entry.textContent
  document.getElementById('frame-tools')?.toggleAttribute('hidden', path !== 'keys')
}

namePage()

const start = () => void import('./main.tsx')

// A hidden page is not painted.
if (document.hidden) start()
else requestAnimationFrame(() => setTimeout(start))
