import { describeFaults } from './matrix-testing.ts'
import { operationFaults } from './other-faults.ts'

describeFaults('operation', operationFaults)
