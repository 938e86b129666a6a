/** When every picture is taken, in milliseconds since the epoch: the time of the demo and of the browser. */
export const pictureTime = Date.UTC(2026, 10, 23, 9, 41)
