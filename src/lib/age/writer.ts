/** A worker that only writes: it takes as long as the cipher does where memory or the disk is slow, and goes on beside it. */
import { serveResult } from './result-writer.ts'

addEventListener('message', ({ data }: MessageEvent<MessagePort>) => serveResult(data))
