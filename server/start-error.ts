/** Something that the person starting the program can put right. The message is for them and holds no secret. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
