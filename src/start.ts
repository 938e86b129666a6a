/** Starts the app once the frame of the page in index.html is painted, which the app's code would otherwise hold up. */
import './styles.css'

/** Says in the frame which page comes: its link in the navigation, its title, and the tools of the list of keys. */
function namePage() {
  // By the whole path: the links are relative, as the console may be served under a path.
  const links = document.querySelectorAll<HTMLAnchorElement>('#root nav a')
  const link = [...links].find(({ pathname }) => pathname === location.pathname)
  link?.setAttribute('aria-current', 'page')
  const title = document.getElementById('frame-title')
  if (title && link) title.textContent = link.textContent
  document.getElementById('frame-tools')?.toggleAttribute('hidden', !link?.pathname.endsWith('/keys'))
}

namePage()

const start = () => void import('./main.tsx')

// A hidden page is not painted.
if (document.hidden) start()
else requestAnimationFrame(() => setTimeout(start))
