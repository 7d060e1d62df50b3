// Events as JSON for the tests here: one of each kind, with a place for the text under test.
#pragma once

#include <string>
#include <string_view>

namespace qmforge::testing {

/// An event of revision 0 with the members given for its subnets.
inline std::string event_json(std::string_view traffic_type, std::string_view local, std::string_view remote) {
  std::string json =
      R"({"failureErrorCode": 13868, "failureErrorName": "ERROR_IPSEC_IKE_POLICY_MATCH", )"
      R"("failurePoint": "IPSEC_FAILURE_PEER", "keyingModuleType": "IKEEXT_KEY_MODULE_IKEV2", )"
      R"("qmState": "IKEEXT_QM_SA_STATE_FINAL", "saRole": "IKEEXT_SA_ROLE_RESPONDER", "saTrafficType": )";
  json += traffic_type;
  json += R"(, "localSubNet": )";
  json += local;
  json += R"(, "remoteSubNet": )";
  json += remote;
  json += R"(, "qmFilterId": "72623859790382856"})";
  return json;
}

inline std::string transport_json() { return event_json(R"("IPSEC_TRAFFIC_TYPE_TRANSPORT")", "null", "null"); }

/// A tunnel event with this local subnet; the remote one is FWP_EMPTY.
inline std::string tunnel_json(std::string_view local) {
  return event_json(R"("IPSEC_TRAFFIC_TYPE_TUNNEL")", local, R"({"type": "FWP_EMPTY"})");
}

/// What from_json reads.
inline std::string labelled(std::string_view event) { return R"({"label": "a", "event": )" + std::string(event) + '}'; }

/// `text` with the first `from` in it replaced.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace qmforge::testing
