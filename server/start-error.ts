/** Error at start that the user can correct. The message is for the user and contains no secret. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
