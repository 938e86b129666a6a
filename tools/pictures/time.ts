/** Time of demo and browser in pictures, in milliseconds since the epoch. */
export const pictureTime = Date.UTC(2026, 10, 23, 9, 41)
