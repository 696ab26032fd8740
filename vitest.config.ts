import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 60_000,
    // Vitest leaves one core to itself, which has nothing to do in a run
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**'] },
  },
})
