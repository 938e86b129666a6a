/** In the place of a plaintext. Always as many, so that the length stays hidden too. */
export const MASKED = '•'.repeat(24)
