/** Decrypts a file that the console encrypted, with the credentials of the environment: `npm run decrypt-file -- FILE`. */
import { decryptFile, decryptFileHelp } from './files/command.ts'

const undo: Array<() => void> = []

/** With the exit statuses that a shell gives them. The first is a terminal that was closed. */
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
    // npm changes to the folder of the project; names are meant from where it was called.
    folder: process.env.INIT_CWD ?? process.cwd(),
    interactive: process.stderr.isTTY,
    print: (text) => void process.stderr.write(text),
    onStop: (step) => void undo.push(step),
  })
}
