/**
 * Function that collects the calls of one turn of the event loop, and makes them together at its end. For requests this
 * means that each step runs for all that arrived before the next step does, so its code is in the processor's caches. A
 * single request waits for nothing but the end of its turn.
 * @param handle must not throw
 */
export function atEndOfTurn<T extends unknown[]>(handle: (...given: T) => void): (...given: T) => void {
  let arrived: T[] = []
  const handleAll = () => {
    const all = arrived
    arrived = []
    for (const given of all) handle(...given)
  }
  return (...given) => {
    if (arrived.length === 0) setImmediate(handleAll)
    arrived.push(given)
  }
}
