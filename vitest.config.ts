import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**'],
          // No test says anything of time: one that is cut at every byte takes seconds, and on a busy machine more.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          // One capture at a time per machine: parallel captures would measure each other.
          fileParallelism: false,
          // Whether the machine was idle enough is judged in tests/capture: here a neighbour would decide of any test.
          env: { INPACT_HOST_CHECK: 'off' },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

export default config;
