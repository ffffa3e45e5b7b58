import { describeFaults } from './matrix-testing.ts'
import { dpopFaults } from './signed-faults.ts'

describeFaults('dpop', dpopFaults)
