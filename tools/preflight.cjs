// Old syntax on purpose: this file must run on any Node in order to say that it is too old.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    'KMS Console needs Node 24 or newer; this is ' +
      process.version +
      '.\nRun:  npm rebuild node --ignore-scripts=false    (or install Node 24 or newer)',
  )
  process.exit(1)
}
require('./complete-install.cjs')
