/** `npm run decrypt-file -- FILE`: decrypts a file that the console encrypted, with credentials from the environment. */
import { decryptFile, decryptFileHelp } from './files/command.ts'

const undo: Array<() => void> = []

/** Signals with the exit statuses of a shell. The first means a closed terminal. */
const signals = [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const
for (const [signal, status] of signals) {
  process.once(signal, () => {
    for (const step of undo) step()
    process.exit(status)
  })
}

const args = process.argv.slice(2)
if (args.includes('--help') || args.includes('-h')) process.stdout.write(decryptFileHelp)
else {
  process.exitCode = await decryptFile(args, {
    environment: process.env,
    // npm changes to the project's folder; names are relative to the directory where it was called.
    folder: process.env.INIT_CWD ?? process.cwd(),
    interactive: process.stderr.isTTY,
    print: (text) => void process.stderr.write(text),
    onStop: (step) => void undo.push(step),
  })
}
