import { describeFaults } from './matrix-testing.ts'
import { apiFaults } from './other-faults.ts'

describeFaults('api', apiFaults)
