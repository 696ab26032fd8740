// For tests that hold that hostile input does not hang the tool. Wall-clock time says how busy the machine is; processor
// time says how much work was done, and the bounds are ten times what it takes and a thousandth of what a quadratic would.

/** Milliseconds of processor time that `action` takes in this process, garbage collection included. */
export function processorTime(action: () => void): number {
  const before = process.cpuUsage()
  action()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
