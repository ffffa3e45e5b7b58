export { practiceTransport } from './browser-view.ts'
export { createPracticeServer } from './server.ts'
