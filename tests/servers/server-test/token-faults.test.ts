import { describeFaults } from './matrix-testing.ts'
import { tokenFaults } from './token-faults.ts'

describeFaults('token', tokenFaults)
