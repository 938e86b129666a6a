// Runs before the first paint, so that the page never flashes in the wrong theme. A stored choice wins over the system's.
;(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const stored = () => {
    try {
      return localStorage.getItem('theme')
    } catch {
      return null
    }
  }
  let choice = stored()
  const apply = () => {
    const theme = choice === 'light' || choice === 'dark' ? choice : dark.matches ? 'dark' : 'light'
    document.documentElement.dataset.theme = theme
  }
  apply()
  dark.addEventListener('change', apply)
  addEventListener('storage', () => {
    choice = stored()
    apply()
  })
  // With the choice, which the browser may have refused to store.
  addEventListener('themechoice', ({ detail }) => {
    choice = detail
    apply()
  })
})()
