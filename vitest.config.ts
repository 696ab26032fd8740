import { defineConfig } from 'vitest/config'

// Tests that put stand-ins for modules (`vi.mock`) need a module graph of their own
const MOCKING = ['test/cli/write-faults.test.ts', 'test/load/read-faults.test.ts', 'test/load/read-race.test.ts']

export default defineConfig({
  test: {
    // Vitest leaves one core to itself, which has nothing to do in a run
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**'] },
    projects: [
      {
        // The source is loaded once for each worker instead of once for each of two hundred files: a third of the run
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: MOCKING, isolate: false },
      },
      { extends: true, test: { name: 'mocking', include: MOCKING } },
    ],
    setupFiles: ['test/support/seed.ts'],
    // Only what hangs is to be ended: a machine with other work takes ten times as long
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
