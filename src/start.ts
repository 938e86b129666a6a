/** Starts the app once the frame of the page in index.html is painted, which the app's code would otherwise hold up. */
import './styles.css'

const start = () => void import('./main.tsx')

// A hidden page is not painted.
if (document.hidden) start()
else requestAnimationFrame(() => setTimeout(start))
