// Windows error codes: their names and what they mean, by ascending code.
//
// Codes and names are those of winerror.h, checked against Microsoft Learn's lists "System Error Codes" and "COM Error
// Codes". Every ERROR_IPSEC_* is here (a test compares mingw-w64's header); of the others those that the keying modules
// are known to pass on: Win32 errors and the HRESULTs of what they call (SSPI, certificate chains, the filtering
// platform). The meanings are our own sentences.
#include "qmforge/error_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace qmforge {
namespace {

struct Row {
  std::uint32_t code;
  std::string_view name;
  std::string_view hresult_name;  // of a Win32 error: the name of the HRESULT that carries it
  std::string_view meaning;
};

// A Win32 error, with the name of the HRESULT 0x8007nnnn as a literal of its own: names are views of static storage.
#define WIN32_ERROR(code, name, meaning) \
  Row { code, #name, "HRESULT_FROM_WIN32(" #name ")", meaning }

constexpr auto rows = std::to_array<Row>({
    // Win32: waiting, permission, resources, reachability, logon
    {0, "ERROR_SUCCESS", "", "Success: no error is reported."},
    WIN32_ERROR(2, ERROR_FILE_NOT_FOUND, ""),
    WIN32_ERROR(5, ERROR_ACCESS_DENIED, "Access is denied."),
    WIN32_ERROR(6, ERROR_INVALID_HANDLE, ""),
    WIN32_ERROR(8, ERROR_NOT_ENOUGH_MEMORY, ""),
    WIN32_ERROR(13, ERROR_INVALID_DATA, ""),
    WIN32_ERROR(14, ERROR_OUTOFMEMORY, ""),
    WIN32_ERROR(31, ERROR_GEN_FAILURE, ""),
    WIN32_ERROR(50, ERROR_NOT_SUPPORTED, ""),
    WIN32_ERROR(87, ERROR_INVALID_PARAMETER, ""),
    WIN32_ERROR(122, ERROR_INSUFFICIENT_BUFFER, ""),
    WIN32_ERROR(170, ERROR_BUSY, ""),
    WIN32_ERROR(183, ERROR_ALREADY_EXISTS, ""),
    WIN32_ERROR(995, ERROR_OPERATION_ABORTED, ""),
    WIN32_ERROR(997, ERROR_IO_PENDING, ""),
    WIN32_ERROR(1062, ERROR_SERVICE_NOT_ACTIVE, ""),
    WIN32_ERROR(1115, ERROR_SHUTDOWN_IN_PROGRESS, ""),
    WIN32_ERROR(1168, ERROR_NOT_FOUND, "The element was not found."),
    WIN32_ERROR(1223, ERROR_CANCELLED, ""),
    WIN32_ERROR(1225, ERROR_CONNECTION_REFUSED, ""),
    WIN32_ERROR(1229, ERROR_CONNECTION_INVALID, ""),
    WIN32_ERROR(1231, ERROR_NETWORK_UNREACHABLE, ""),
    WIN32_ERROR(1232, ERROR_HOST_UNREACHABLE, ""),
    WIN32_ERROR(1233, ERROR_PROTOCOL_UNREACHABLE, ""),
    WIN32_ERROR(1234, ERROR_PORT_UNREACHABLE, ""),
    WIN32_ERROR(1236, ERROR_CONNECTION_ABORTED, ""),
    WIN32_ERROR(1237, ERROR_RETRY, ""),
    WIN32_ERROR(1244, ERROR_NOT_AUTHENTICATED, ""),
    WIN32_ERROR(1311, ERROR_NO_LOGON_SERVERS, ""),
    WIN32_ERROR(1312, ERROR_NO_SUCH_LOGON_SESSION, ""),
    WIN32_ERROR(1314, ERROR_PRIVILEGE_NOT_HELD, ""),
    WIN32_ERROR(1326, ERROR_LOGON_FAILURE, "The user name or password is wrong."),
    WIN32_ERROR(1327, ERROR_ACCOUNT_RESTRICTION, ""),
    WIN32_ERROR(1330, ERROR_PASSWORD_EXPIRED, ""),
    WIN32_ERROR(1331, ERROR_ACCOUNT_DISABLED, "The account is disabled."),
    WIN32_ERROR(1355, ERROR_NO_SUCH_DOMAIN, ""),
    WIN32_ERROR(1359, ERROR_INTERNAL_ERROR, ""),
    WIN32_ERROR(1398, ERROR_TIME_SKEW, "The clocks of the two hosts differ too much."),
    WIN32_ERROR(1450, ERROR_NO_SYSTEM_RESOURCES, "The system has too few resources left."),
    WIN32_ERROR(1460, ERROR_TIMEOUT, "The peer did not answer within the time limit."),
    WIN32_ERROR(5023, ERROR_INVALID_STATE, "The object is in the wrong state for this request."),
    // IPsec policy
    WIN32_ERROR(13000, ERROR_IPSEC_QM_POLICY_EXISTS, "A Quick Mode policy of this name exists already."),
    WIN32_ERROR(13001, ERROR_IPSEC_QM_POLICY_NOT_FOUND, "The Quick Mode policy was not found."),
    WIN32_ERROR(13002, ERROR_IPSEC_QM_POLICY_IN_USE, "The Quick Mode policy is in use."),
    WIN32_ERROR(13003, ERROR_IPSEC_MM_POLICY_EXISTS, "A Main Mode policy of this name exists already."),
    WIN32_ERROR(13004, ERROR_IPSEC_MM_POLICY_NOT_FOUND, "The Main Mode policy was not found."),
    WIN32_ERROR(13005, ERROR_IPSEC_MM_POLICY_IN_USE, "The Main Mode policy is in use."),
    WIN32_ERROR(13006, ERROR_IPSEC_MM_FILTER_EXISTS, "The Main Mode filter exists already."),
    WIN32_ERROR(13007, ERROR_IPSEC_MM_FILTER_NOT_FOUND, "The Main Mode filter was not found."),
    WIN32_ERROR(13008, ERROR_IPSEC_TRANSPORT_FILTER_EXISTS, "The transport filter exists already."),
    WIN32_ERROR(13009, ERROR_IPSEC_TRANSPORT_FILTER_NOT_FOUND, "The transport filter was not found."),
    WIN32_ERROR(13010, ERROR_IPSEC_MM_AUTH_EXISTS, "The list of Main Mode authentication methods exists already."),
    WIN32_ERROR(13011, ERROR_IPSEC_MM_AUTH_NOT_FOUND, "The list of Main Mode authentication methods was not found."),
    WIN32_ERROR(13012, ERROR_IPSEC_MM_AUTH_IN_USE, "The list of Main Mode authentication methods is in use."),
    WIN32_ERROR(13013, ERROR_IPSEC_DEFAULT_MM_POLICY_NOT_FOUND, "There is no default Main Mode policy."),
    WIN32_ERROR(13014, ERROR_IPSEC_DEFAULT_MM_AUTH_NOT_FOUND,
                "There is no default list of Main Mode authentication methods."),
    WIN32_ERROR(13015, ERROR_IPSEC_DEFAULT_QM_POLICY_NOT_FOUND, "There is no default Quick Mode policy."),
    WIN32_ERROR(13016, ERROR_IPSEC_TUNNEL_FILTER_EXISTS, "The tunnel filter exists already."),
    WIN32_ERROR(13017, ERROR_IPSEC_TUNNEL_FILTER_NOT_FOUND, "The tunnel filter was not found."),
    WIN32_ERROR(13018, ERROR_IPSEC_MM_FILTER_PENDING_DELETION, "The Main Mode filter is being deleted."),
    WIN32_ERROR(13019, ERROR_IPSEC_TRANSPORT_FILTER_PENDING_DELETION, "The transport filter is being deleted."),
    WIN32_ERROR(13020, ERROR_IPSEC_TUNNEL_FILTER_PENDING_DELETION, "The tunnel filter is being deleted."),
    WIN32_ERROR(13021, ERROR_IPSEC_MM_POLICY_PENDING_DELETION, "The Main Mode policy is being deleted."),
    WIN32_ERROR(13022, ERROR_IPSEC_MM_AUTH_PENDING_DELETION,
                "The list of Main Mode authentication methods is being deleted."),
    WIN32_ERROR(13023, ERROR_IPSEC_QM_POLICY_PENDING_DELETION, "The Quick Mode policy is being deleted."),
    // IPsec: IKE, AuthIP and the driver. Learn lists 13821, 13823 and 13880; not every copy of winerror.h has them.
    WIN32_ERROR(13800, ERROR_IPSEC_IKE_NEG_STATUS_BEGIN, "A marker: the IKE codes begin here. It is not an error."),
    WIN32_ERROR(13801, ERROR_IPSEC_IKE_AUTH_FAIL,
                "One side rejected the other's credentials: certificate, pre-shared key or identity."),
    WIN32_ERROR(13802, ERROR_IPSEC_IKE_ATTRIB_FAIL, "The peers share no acceptable set of security attributes."),
    WIN32_ERROR(13803, ERROR_IPSEC_IKE_NEGOTIATION_PENDING, "The negotiation is still in progress."),
    WIN32_ERROR(13804, ERROR_IPSEC_IKE_GENERAL_PROCESSING_ERROR,
                "IKE failed while processing a message; the cause is not specified."),
    WIN32_ERROR(13805, ERROR_IPSEC_IKE_TIMED_OUT,
                "The negotiation timed out: the peer stopped answering or never answered."),
    WIN32_ERROR(13806, ERROR_IPSEC_IKE_NO_CERT, "IKE found no valid machine certificate to authenticate with."),
    WIN32_ERROR(13807, ERROR_IPSEC_IKE_SA_DELETED,
                "The security association was deleted before the negotiation was complete."),
    WIN32_ERROR(13808, ERROR_IPSEC_IKE_SA_REAPED,
                "The security association was removed for being idle before the negotiation was complete."),
    WIN32_ERROR(13809, ERROR_IPSEC_IKE_MM_ACQUIRE_DROP, "The Main Mode request was dropped from the queue."),
    WIN32_ERROR(13810, ERROR_IPSEC_IKE_QM_ACQUIRE_DROP, "The Quick Mode request was dropped from the queue."),
    WIN32_ERROR(13811, ERROR_IPSEC_IKE_QUEUE_DROP_MM,
                "A queued packet was dropped because the Main Mode negotiation failed."),
    WIN32_ERROR(13812, ERROR_IPSEC_IKE_QUEUE_DROP_NO_MM,
                "A queued packet was dropped because there is no Main Mode security association for it."),
    WIN32_ERROR(13813, ERROR_IPSEC_IKE_DROP_NO_RESPONSE, "The request was dropped: the peer did not respond."),
    WIN32_ERROR(13814, ERROR_IPSEC_IKE_MM_DELAY_DROP, "The Main Mode negotiation was dropped after waiting too long."),
    WIN32_ERROR(13815, ERROR_IPSEC_IKE_QM_DELAY_DROP, "The Quick Mode negotiation was dropped after waiting too long."),
    WIN32_ERROR(13816, ERROR_IPSEC_IKE_ERROR, "IKE failed; the cause is not specified."),
    WIN32_ERROR(13817, ERROR_IPSEC_IKE_CRL_FAILED, "Checking the certificate revocation list failed."),
    WIN32_ERROR(13818, ERROR_IPSEC_IKE_INVALID_KEY_USAGE, "The certificate's key usage does not allow this use."),
    WIN32_ERROR(13819, ERROR_IPSEC_IKE_INVALID_CERT_TYPE, "The certificate has the wrong type."),
    WIN32_ERROR(13820, ERROR_IPSEC_IKE_NO_PRIVATE_KEY, "The certificate has no private key on this host."),
    WIN32_ERROR(13821, ERROR_IPSEC_IKE_SIMULTANEOUS_REKEY, "Both peers tried to renew the keys at the same time."),
    WIN32_ERROR(13822, ERROR_IPSEC_IKE_DH_FAIL, "The Diffie-Hellman computation failed."),
    WIN32_ERROR(13823, ERROR_IPSEC_IKE_CRITICAL_PAYLOAD_NOT_RECOGNIZED,
                "The message has a critical payload that this host does not know."),
    WIN32_ERROR(13824, ERROR_IPSEC_IKE_INVALID_HEADER, "The message's IKE header is invalid."),
    WIN32_ERROR(13825, ERROR_IPSEC_IKE_NO_POLICY, "No policy is configured for this peer or this traffic."),
    WIN32_ERROR(13826, ERROR_IPSEC_IKE_INVALID_SIGNATURE, "Verifying the signature failed."),
    WIN32_ERROR(13827, ERROR_IPSEC_IKE_KERBEROS_ERROR, "Kerberos authentication failed."),
    WIN32_ERROR(13828, ERROR_IPSEC_IKE_NO_PUBLIC_KEY, "The certificate has no public key."),
    WIN32_ERROR(13829, ERROR_IPSEC_IKE_PROCESS_ERR, "Processing a payload failed; which one is not specified."),
    WIN32_ERROR(13830, ERROR_IPSEC_IKE_PROCESS_ERR_SA, "Processing the security association payload failed."),
    WIN32_ERROR(13831, ERROR_IPSEC_IKE_PROCESS_ERR_PROP, "Processing the proposal payload failed."),
    WIN32_ERROR(13832, ERROR_IPSEC_IKE_PROCESS_ERR_TRANS, "Processing the transform payload failed."),
    WIN32_ERROR(13833, ERROR_IPSEC_IKE_PROCESS_ERR_KE, "Processing the key exchange payload failed."),
    WIN32_ERROR(13834, ERROR_IPSEC_IKE_PROCESS_ERR_ID, "Processing the identification payload failed."),
    WIN32_ERROR(13835, ERROR_IPSEC_IKE_PROCESS_ERR_CERT, "Processing the certificate payload failed."),
    WIN32_ERROR(13836, ERROR_IPSEC_IKE_PROCESS_ERR_CERT_REQ, "Processing the certificate request payload failed."),
    WIN32_ERROR(13837, ERROR_IPSEC_IKE_PROCESS_ERR_HASH, "Processing the hash payload failed."),
    WIN32_ERROR(13838, ERROR_IPSEC_IKE_PROCESS_ERR_SIG, "Processing the signature payload failed."),
    WIN32_ERROR(13839, ERROR_IPSEC_IKE_PROCESS_ERR_NONCE, "Processing the nonce payload failed."),
    WIN32_ERROR(13840, ERROR_IPSEC_IKE_PROCESS_ERR_NOTIFY, "Processing the notify payload failed."),
    WIN32_ERROR(13841, ERROR_IPSEC_IKE_PROCESS_ERR_DELETE, "Processing the delete payload failed."),
    WIN32_ERROR(13842, ERROR_IPSEC_IKE_PROCESS_ERR_VENDOR, "Processing the vendor id payload failed."),
    WIN32_ERROR(13843, ERROR_IPSEC_IKE_INVALID_PAYLOAD,
                "The message has an invalid payload, often after a wrong key or a damaged packet."),
    WIN32_ERROR(13844, ERROR_IPSEC_IKE_LOAD_SOFT_SA,
                "A soft security association was loaded: traffic continues without protection."),
    WIN32_ERROR(13845, ERROR_IPSEC_IKE_SOFT_SA_TORN_DOWN, "The soft security association was removed."),
    WIN32_ERROR(
        13846, ERROR_IPSEC_IKE_INVALID_COOKIE,
        "The message's cookie (SPI) belongs to no known negotiation, often one that this host gave up already."),
    WIN32_ERROR(13847, ERROR_IPSEC_IKE_NO_PEER_CERT, "The peer sent no valid machine certificate."),
    WIN32_ERROR(13848, ERROR_IPSEC_IKE_PEER_CRL_FAILED, "Checking the revocation of the peer's certificate failed."),
    WIN32_ERROR(13849, ERROR_IPSEC_IKE_POLICY_CHANGE,
                "The policy changed, so that its security associations were deleted."),
    WIN32_ERROR(13850, ERROR_IPSEC_IKE_NO_MM_POLICY, "There is no Main Mode policy."),
    WIN32_ERROR(13851, ERROR_IPSEC_IKE_NOTCBPRIV,
                "The service lacks the privilege to act as part of the operating system."),
    WIN32_ERROR(13852, ERROR_IPSEC_IKE_SECLOADFAIL, "Loading the security support provider failed."),
    WIN32_ERROR(13853, ERROR_IPSEC_IKE_FAILSSPINIT, "Starting the security support provider failed."),
    WIN32_ERROR(13854, ERROR_IPSEC_IKE_FAILQUERYSSP, "Asking the security support provider for its properties failed."),
    WIN32_ERROR(13855, ERROR_IPSEC_IKE_SRVACQFAIL, "Getting the server credentials failed."),
    WIN32_ERROR(13856, ERROR_IPSEC_IKE_SRVQUERYCRED, "Reading the server credentials' properties failed."),
    WIN32_ERROR(13857, ERROR_IPSEC_IKE_GETSPIFAIL, "Getting a new SPI for the inbound security association failed."),
    WIN32_ERROR(13858, ERROR_IPSEC_IKE_INVALID_FILTER, "The filter is invalid."),
    WIN32_ERROR(13859, ERROR_IPSEC_IKE_OUT_OF_MEMORY, "Memory allocation failed."),
    WIN32_ERROR(13860, ERROR_IPSEC_IKE_ADD_UPDATE_KEY_FAILED,
                "Adding or renewing the keys in the IPsec driver failed."),
    WIN32_ERROR(13861, ERROR_IPSEC_IKE_INVALID_POLICY, "The policy is invalid."),
    WIN32_ERROR(13862, ERROR_IPSEC_IKE_UNKNOWN_DOI, "The message names an unknown domain of interpretation."),
    WIN32_ERROR(13863, ERROR_IPSEC_IKE_INVALID_SITUATION, "The message has an invalid situation field."),
    WIN32_ERROR(13864, ERROR_IPSEC_IKE_DH_FAILURE, "The Diffie-Hellman key exchange failed."),
    WIN32_ERROR(13865, ERROR_IPSEC_IKE_INVALID_GROUP, "The Diffie-Hellman group is invalid or not allowed."),
    WIN32_ERROR(13866, ERROR_IPSEC_IKE_ENCRYPT, "Encrypting the message failed."),
    WIN32_ERROR(13867, ERROR_IPSEC_IKE_DECRYPT, "Decrypting the message failed."),
    WIN32_ERROR(13868, ERROR_IPSEC_IKE_POLICY_MATCH,
                "The policies do not match: the peers propose no common algorithms, lifetimes or traffic."),
    WIN32_ERROR(13869, ERROR_IPSEC_IKE_UNSUPPORTED_ID, "The identification type is not supported."),
    WIN32_ERROR(13870, ERROR_IPSEC_IKE_INVALID_HASH, "The hash does not verify."),
    WIN32_ERROR(13871, ERROR_IPSEC_IKE_INVALID_HASH_ALG, "The hash algorithm is invalid or not allowed."),
    WIN32_ERROR(13872, ERROR_IPSEC_IKE_INVALID_HASH_SIZE, "The hash has the wrong size."),
    WIN32_ERROR(13873, ERROR_IPSEC_IKE_INVALID_ENCRYPT_ALG, "The encryption algorithm is invalid or not allowed."),
    WIN32_ERROR(13874, ERROR_IPSEC_IKE_INVALID_AUTH_ALG, "The authentication algorithm is invalid or not allowed."),
    WIN32_ERROR(13875, ERROR_IPSEC_IKE_INVALID_SIG, "The certificate's signature is invalid."),
    WIN32_ERROR(13876, ERROR_IPSEC_IKE_LOAD_FAILED, "Loading a module or a key failed."),
    WIN32_ERROR(13877, ERROR_IPSEC_IKE_RPC_DELETE, "A remote procedure call deleted the negotiation."),
    WIN32_ERROR(13878, ERROR_IPSEC_IKE_BENIGN_REINIT,
                "The negotiation's state was reset for a new start; traffic is not affected."),
    WIN32_ERROR(13879, ERROR_IPSEC_IKE_INVALID_RESPONDER_LIFETIME_NOTIFY,
                "The responder's lifetime notification has invalid values."),
    WIN32_ERROR(13880, ERROR_IPSEC_IKE_INVALID_MAJOR_VERSION, "The message has an unsupported major version of IKE."),
    WIN32_ERROR(13881, ERROR_IPSEC_IKE_INVALID_CERT_KEYLEN, "The certificate's key is too short."),
    WIN32_ERROR(13882, ERROR_IPSEC_IKE_MM_LIMIT, "There are more Main Mode security associations than allowed."),
    WIN32_ERROR(13883, ERROR_IPSEC_IKE_NEGOTIATION_DISABLED, "Negotiation is disabled by policy."),
    WIN32_ERROR(13884, ERROR_IPSEC_IKE_QM_LIMIT,
                "There are more Quick Mode negotiations than one Main Mode security association may have."),
    WIN32_ERROR(13885, ERROR_IPSEC_IKE_MM_EXPIRED, "The Main Mode security association expired."),
    WIN32_ERROR(13886, ERROR_IPSEC_IKE_PEER_MM_ASSUMED_INVALID,
                "The peer's Main Mode security association is assumed to be gone."),
    WIN32_ERROR(13887, ERROR_IPSEC_IKE_CERT_CHAIN_POLICY_MISMATCH, "The certificate chain does not meet the policy."),
    WIN32_ERROR(13888, ERROR_IPSEC_IKE_UNEXPECTED_MESSAGE_ID, "The message has an unexpected message id."),
    WIN32_ERROR(13889, ERROR_IPSEC_IKE_INVALID_AUTH_PAYLOAD, "The authentication payload is invalid."),
    WIN32_ERROR(13890, ERROR_IPSEC_IKE_DOS_COOKIE_SENT, "A cookie was sent as a defence against denial of service."),
    WIN32_ERROR(13891, ERROR_IPSEC_IKE_SHUTTING_DOWN, "The IKE service is shutting down."),
    WIN32_ERROR(13892, ERROR_IPSEC_IKE_CGA_AUTH_FAILED,
                "Authentication by a cryptographically generated address (CGA) failed."),
    WIN32_ERROR(13893, ERROR_IPSEC_IKE_PROCESS_ERR_NATOA, "Processing the NAT original address payload failed."),
    WIN32_ERROR(13894, ERROR_IPSEC_IKE_INVALID_MM_FOR_QM,
                "The Main Mode security association is not valid for this Quick Mode negotiation."),
    WIN32_ERROR(13895, ERROR_IPSEC_IKE_QM_EXPIRED, "The Quick Mode security association expired."),
    WIN32_ERROR(13896, ERROR_IPSEC_IKE_TOO_MANY_FILTERS, "There are too many filters."),
    WIN32_ERROR(13897, ERROR_IPSEC_IKE_NEG_STATUS_END,
                "A marker: the first range of IKE codes ends here. It is not an error."),
    WIN32_ERROR(13898, ERROR_IPSEC_IKE_KILL_DUMMY_NAP_TUNNEL,
                "The dummy tunnel of Network Access Protection was removed."),
    WIN32_ERROR(13899, ERROR_IPSEC_IKE_INNER_IP_ASSIGNMENT_FAILURE,
                "Assigning an inner IP address to the client failed."),
    WIN32_ERROR(13900, ERROR_IPSEC_IKE_REQUIRE_CP_PAYLOAD_MISSING, "The required configuration payload is missing."),
    WIN32_ERROR(13901, ERROR_IPSEC_KEY_MODULE_IMPERSONATION_NEGOTIATION_PENDING,
                "A negotiation under the caller's identity is pending."),
    WIN32_ERROR(13902, ERROR_IPSEC_IKE_COEXISTENCE_SUPPRESS,
                "The negotiation was suppressed because another keying module handles the traffic."),
    WIN32_ERROR(13903, ERROR_IPSEC_IKE_RATELIMIT_DROP, "The packet was dropped by rate limiting."),
    WIN32_ERROR(13904, ERROR_IPSEC_IKE_PEER_DOESNT_SUPPORT_MOBIKE, "The peer does not support MOBIKE."),
    WIN32_ERROR(13905, ERROR_IPSEC_IKE_AUTHORIZATION_FAILURE, "The peer is not authorized to connect."),
    WIN32_ERROR(13906, ERROR_IPSEC_IKE_STRONG_CRED_AUTHORIZATION_FAILURE,
                "The peer's strong credentials are not authorized to connect."),
    WIN32_ERROR(13907, ERROR_IPSEC_IKE_AUTHORIZATION_FAILURE_WITH_OPTIONAL_RETRY,
                "The peer is not authorized; retrying with other credentials may help."),
    WIN32_ERROR(13908, ERROR_IPSEC_IKE_STRONG_CRED_AUTHORIZATION_AND_CERTMAP_FAILURE,
                "The peer's strong credentials are not authorized, and the certificate maps to no account."),
    WIN32_ERROR(13909, ERROR_IPSEC_IKE_NEG_STATUS_EXTENDED_END,
                "A marker: the extended range of IKE codes ends here. It is not an error."),
    WIN32_ERROR(13910, ERROR_IPSEC_BAD_SPI, "The packet's SPI belongs to no security association."),
    WIN32_ERROR(13911, ERROR_IPSEC_SA_LIFETIME_EXPIRED, "The packet's security association has expired."),
    WIN32_ERROR(13912, ERROR_IPSEC_WRONG_SA, "The packet does not match its security association."),
    WIN32_ERROR(13913, ERROR_IPSEC_REPLAY_CHECK_FAILED, "The packet failed the replay check."),
    WIN32_ERROR(13914, ERROR_IPSEC_INVALID_PACKET, "The packet is invalid."),
    WIN32_ERROR(13915, ERROR_IPSEC_INTEGRITY_CHECK_FAILED, "The packet failed the integrity check."),
    WIN32_ERROR(13916, ERROR_IPSEC_CLEAR_TEXT_DROP, "A packet in clear text was dropped where protection is required."),
    WIN32_ERROR(13917, ERROR_IPSEC_AUTH_FIREWALL_DROP, "An authenticated firewall rule dropped the packet."),
    WIN32_ERROR(13918, ERROR_IPSEC_THROTTLE_DROP, "The packet was dropped by throttling."),
    WIN32_ERROR(13925, ERROR_IPSEC_DOSP_BLOCK, "The IPsec denial-of-service protection blocked the packet."),
    WIN32_ERROR(13926, ERROR_IPSEC_DOSP_RECEIVED_MULTICAST,
                "The IPsec denial-of-service protection received a multicast packet."),
    WIN32_ERROR(13927, ERROR_IPSEC_DOSP_INVALID_PACKET,
                "The IPsec denial-of-service protection received an invalid packet."),
    WIN32_ERROR(13928, ERROR_IPSEC_DOSP_STATE_LOOKUP_FAILED,
                "The IPsec denial-of-service protection found no state for the packet."),
    WIN32_ERROR(13929, ERROR_IPSEC_DOSP_MAX_ENTRIES,
                "The IPsec denial-of-service protection has no room for another entry."),
    WIN32_ERROR(13930, ERROR_IPSEC_DOSP_KEYMOD_NOT_ALLOWED,
                "The IPsec denial-of-service protection does not allow this keying module."),
    WIN32_ERROR(13931, ERROR_IPSEC_DOSP_NOT_INSTALLED, "The IPsec denial-of-service protection is not installed."),
    WIN32_ERROR(13932, ERROR_IPSEC_DOSP_MAX_PER_IP_RATELIMIT_QUEUES,
                "The IPsec denial-of-service protection has no room for another rate limit queue for this address."),
    // in support guides for VPN gateways; winerror.h does not name it
    {13999, "", "", "The traffic selectors do not match: the peers propose different networks."},
    // HRESULT, general
    {0x80004005, "E_FAIL", "", ""},
    // HRESULT, of Win32 errors: those that winerror.h names itself
    {0x8000ffff, "E_UNEXPECTED", "", ""},
    {0x80070005, "E_ACCESSDENIED", "", ""},
    {0x80070006, "E_HANDLE", "", ""},
    {0x8007000e, "E_OUTOFMEMORY", "", ""},
    {0x80070057, "E_INVALIDARG", "", ""},
    {0x8007007a, "E_NOT_SUFFICIENT_BUFFER", "", ""},
    {0x80070490, "E_NOT_SET", "", ""},
    {0x8007139f, "E_NOT_VALID_STATE", "", ""},
    // HRESULT, FACILITY_SECURITY: SSPI (Kerberos, certificates), by which the peers authenticate
    {0x80090300, "SEC_E_INSUFFICIENT_MEMORY", "", ""},
    {0x80090301, "SEC_E_INVALID_HANDLE", "", ""},
    {0x80090303, "SEC_E_TARGET_UNKNOWN", "", ""},
    {0x80090304, "SEC_E_INTERNAL_ERROR", "", ""},
    {0x80090308, "SEC_E_INVALID_TOKEN", "", ""},
    {0x8009030c, "SEC_E_LOGON_DENIED", "", ""},
    {0x8009030d, "SEC_E_UNKNOWN_CREDENTIALS", "", ""},
    {0x8009030e, "SEC_E_NO_CREDENTIALS", "", ""},
    {0x80090311, "SEC_E_NO_AUTHENTICATING_AUTHORITY", "", ""},
    {0x80090317, "SEC_E_CONTEXT_EXPIRED", "", ""},
    {0x80090322, "SEC_E_WRONG_PRINCIPAL", "", ""},
    {0x80090324, "SEC_E_TIME_SKEW", "", ""},
    {0x80090325, "SEC_E_UNTRUSTED_ROOT", "", ""},
    {0x80090327, "SEC_E_CERT_UNKNOWN", "", ""},
    {0x80090328, "SEC_E_CERT_EXPIRED", "", ""},
    // HRESULT, certificates: revocation and chains
    {0x80092004, "CRYPT_E_NOT_FOUND", "", ""},
    {0x80092010, "CRYPT_E_REVOKED", "", ""},
    {0x80092012, "CRYPT_E_NO_REVOCATION_CHECK", "", ""},
    {0x80092013, "CRYPT_E_REVOCATION_OFFLINE", "", ""},
    {0x800b0101, "CERT_E_EXPIRED", "", ""},
    {0x800b0109, "CERT_E_UNTRUSTEDROOT", "", ""},
    {0x800b010a, "CERT_E_CHAINING", "", ""},
    {0x800b010c, "CERT_E_REVOKED", "", ""},
    {0x800b010d, "CERT_E_UNTRUSTEDTESTROOT", "", ""},
    {0x800b010e, "CERT_E_REVOCATION_FAILURE", "", ""},
    {0x800b010f, "CERT_E_CN_NO_MATCH", "", ""},
    {0x800b0110, "CERT_E_WRONG_USAGE", "", ""},
    // HRESULT, FACILITY_FWP: the filtering platform itself
    {0x80320003, "FWP_E_FILTER_NOT_FOUND", "", ""},
    {0x80320006, "FWP_E_PROVIDER_CONTEXT_NOT_FOUND", "", ""},
    {0x80320008, "FWP_E_NOT_FOUND", "", ""},
    {0x80320009, "FWP_E_ALREADY_EXISTS", "", ""},
    {0x80320012, "FWP_E_TIMEOUT", "", ""},
    {0x80320016, "FWP_E_LIFETIME_MISMATCH", "", ""},
    {0x8032001a, "FWP_E_TRAFFIC_MISMATCH", "", ""},
    {0x8032001b, "FWP_E_INCOMPATIBLE_SA_STATE", "", ""},
    {0x8032001c, "FWP_E_NULL_POINTER", "", ""},
    {0x8032001d, "FWP_E_INVALID_ENUMERATOR", "", ""},
    {0x8032001f, "FWP_E_INVALID_NET_MASK", "", ""},
    {0x80320027, "FWP_E_TYPE_MISMATCH", "", ""},
    {0x80320030, "FWP_E_INCOMPATIBLE_AUTH_METHOD", "", ""},
    {0x80320031, "FWP_E_INCOMPATIBLE_DH_GROUP", "", ""},
    {0x80320032, "FWP_E_EM_NOT_SUPPORTED", "", ""},
    {0x80320033, "FWP_E_NEVER_MATCH", "", ""},
    {0x80320034, "FWP_E_PROVIDER_CONTEXT_MISMATCH", "", ""},
    {0x80320035, "FWP_E_INVALID_PARAMETER", "", ""},
    {0x80320038, "FWP_E_INVALID_AUTH_TRANSFORM", "", ""},
    {0x80320039, "FWP_E_INVALID_CIPHER_TRANSFORM", "", ""},
});

#undef WIN32_ERROR

static_assert(std::ranges::is_sorted(rows, std::ranges::less_equal(), &Row::code), "ascending, each code once");

constexpr auto names = [] {
  std::array<ErrorName, rows.size()> named;
  std::ranges::transform(rows, named.begin(), [](const Row& row) {
    return ErrorName{.code = row.code, .name = row.name, .meaning = row.meaning};
  });
  return named;
}();

const Row* find(std::uint32_t code) noexcept {
  const auto* const found = std::ranges::lower_bound(rows, code, {}, &Row::code);
  return found != rows.end() && found->code == code ? found : nullptr;
}

// The Win32 error that an HRESULT of FACILITY_WIN32 (0x8007nnnn) carries; 0 for every other code.
std::uint32_t win32_of(std::uint32_t code) noexcept { return code >> 16 == 0x8007 ? code & 0xffff : 0; }

}  // namespace

std::span<const ErrorName> error_names() noexcept { return names; }

std::string_view error_name(std::uint32_t code) noexcept {
  if (const Row* const row = find(code)) return row->name;
  const Row* const win32 = find(win32_of(code));
  return win32 == nullptr ? std::string_view() : win32->hresult_name;
}

std::string_view error_meaning(std::uint32_t code) noexcept {
  if (const Row* const row = find(code); row != nullptr && !row->meaning.empty()) return row->meaning;
  const Row* const win32 = win32_of(code) == 0 ? nullptr : find(win32_of(code));
  return win32 == nullptr ? std::string_view() : win32->meaning;
}

std::optional<std::uint32_t> error_code(std::string_view name) noexcept {
  if (name.empty()) return std::nullopt;
  for (const Row& row : rows) {
    if (row.name == name) return row.code;
    if (row.hresult_name == name && error_name(0x80070000 | row.code) == name) return 0x80070000 | row.code;
  }
  return std::nullopt;
}

}  // namespace qmforge
