// qmforge: decode and validate FWPM_NET_EVENT_IKEEXT_QM_FAILURE0/1, the Windows Filtering Platform's report that an
// IKE/AuthIP Quick Mode negotiation failed. This header includes all headers below; read decode.h and validate.h first.
#pragma once

#include "qmforge/decode.h"       // bytes to event
#include "qmforge/enums.h"        // the enumerations
#include "qmforge/error_names.h"  // names of failureErrorCode
#include "qmforge/event.h"        // the event
#include "qmforge/explain.h"      // errors and findings in words, with values
#include "qmforge/hex.h"          // bytes as hex
#include "qmforge/inspect.h"      // bytes to report: one input or a batch
#include "qmforge/json.h"         // events and results as JSON
#include "qmforge/names.h"        // C names of enumeration values
#include "qmforge/text.h"         // addresses, SIDs, GUIDs and strings as text
#include "qmforge/validate.h"     // event to findings
#include "qmforge/version.h"      // the version of these headers
