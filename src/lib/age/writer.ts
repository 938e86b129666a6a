/** Worker that only writes, in parallel with the cipher: on a slow disk writing takes as long as encrypting. */
import { serveResult } from './result-writer.ts'

addEventListener('message', ({ data }: MessageEvent<MessagePort>) => serveResult(data))
