import fc from 'fast-check'

// One seed for everybody, so that a run says something about the change and not about luck; `npm run test:deep` draws
// new ones, and so does SEED=… npm test.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 7) })
