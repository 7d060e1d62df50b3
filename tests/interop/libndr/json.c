/* Prints what libndr has read as the event of qmforge's JSON form. */
#include "json.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void print_unit(FILE* out, uint16_t unit) {
  if (unit == '"' || unit == '\\')
    fprintf(out, "\\%c", unit);
  else if (unit >= 0x20 && unit < 0x7f)
    fputc(unit, out);
  else
    fprintf(out, "\\u%04x", unit);
}

void print_text(FILE* out, const char* text) {
  fputc('"', out);
  for (; *text != '\0'; ++text) print_unit(out, (unsigned char)*text);
  fputc('"', out);
}

/* The name of a defined member, the number of any other value. */
static void print_enum(FILE* out, const char* field, uint32_t value, const char* const* names, size_t count) {
  if (value < count)
    fprintf(out, "\"%s\": \"%s\", ", field, names[value]);
  else
    fprintf(out, "\"%s\": %" PRIu32 ", ", field, value);
}

static void print_hex(FILE* out, const uint8_t* bytes, size_t count) {
  fputc('"', out);
  for (size_t i = 0; i < count; ++i) fprintf(out, "%02x", bytes[i]);
  fputc('"', out);
}

static void print_blob(FILE* out, const struct fwp_byte_blob* blob) {
  fprintf(out, "{\"size\": %" PRIu32 ", \"data\": ", blob->size);
  if (blob->data == NULL)
    fputs("null", out);
  else
    print_hex(out, blob->data, blob->size);
  fputc('}', out);
}

static void print_sid(FILE* out, const struct fwp_sid* sid) {
  uint64_t authority = 0;
  for (size_t i = 0; i < COUNT(sid->IdentifierAuthority); ++i) authority = authority << 8 | sid->IdentifierAuthority[i];
  fprintf(out, "\"S-%u-", sid->Revision);
  fprintf(out, authority >> 32 ? "0x%012" PRIx64 : "%" PRIu64, authority);
  for (size_t i = 0; i < sid->SubAuthorityCount; ++i) fprintf(out, "-%" PRIu32, sid->SubAuthority[i]);
  fputc('"', out);
}

static void print_sids(FILE* out, const struct fwp_sid_and_attributes* sids, uint32_t count) {
  if (sids == NULL) {
    fputs("null", out);
    return;
  }
  fputc('[', out);
  for (uint32_t i = 0; i < count; ++i) {
    fputs(i == 0 ? "{\"sid\": " : ", {\"sid\": ", out);
    if (sids[i].sid == NULL)
      fputs("null", out);
    else
      print_sid(out, sids[i].sid);
    fprintf(out, ", \"attributes\": %" PRIu32 "}", sids[i].attributes);
  }
  fputc(']', out);
}

static void print_token(FILE* out, const struct fwp_token_information* token) {
  fprintf(out, "{\"sidCount\": %" PRIu32 ", \"sids\": ", token->sidCount);
  print_sids(out, token->sids, token->sidCount);
  fprintf(out, ", \"restrictedSidCount\": %" PRIu32 ", \"restrictedSids\": ", token->restrictedSidCount);
  print_sids(out, token->restrictedSids, token->restrictedSidCount);
  fputc('}', out);
}

/* Whether every surrogate is half of a pair. */
static int is_well_formed(const struct fwp_string* string) {
  int after_high = 0;
  for (uint32_t i = 0; i + 1 < string->length; ++i) {
    const int kind = string->units[i] >> 10; /* 0x36: high surrogates, 0x37: low ones */
    if ((kind == 0x37) != after_high) return 0;
    after_high = kind == 0x36;
  }
  return !after_high;
}

static void print_string(FILE* out, const struct fwp_string* string) {
  if (!is_well_formed(string)) {
    fputs("{\"utf16\": \"", out);
    for (uint32_t i = 0; i + 1 < string->length; ++i) fprintf(out, "%04x", string->units[i]);
    fputs("\"}", out);
    return;
  }
  fputc('"', out);
  for (uint32_t i = 0; i + 1 < string->length; ++i) print_unit(out, string->units[i]);
  fputc('"', out);
}

static void print_v4(FILE* out, uint32_t address) {
  fprintf(out, "\"%u.%u.%u.%u\"", address >> 24, address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff);
}

/* RFC 5952: the longest run of two or more zero groups, the first of equals, becomes "::"; only ::ffff:0:0/96 ends in
 * the dotted form. */
static void print_v6(FILE* out, const uint8_t address[16]) {
  static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
  if (memcmp(address, mapped, sizeof mapped) == 0) {
    fprintf(out, "\"::ffff:%u.%u.%u.%u\"", address[12], address[13], address[14], address[15]);
    return;
  }
  size_t run = 8, run_length = 1;
  for (size_t first = 0; first < 8; ++first) {
    size_t length = 0;
    while (first + length < 8 && address[2 * (first + length)] == 0 && address[2 * (first + length) + 1] == 0) ++length;
    if (length > run_length) {
      run = first;
      run_length = length;
    }
  }
  fputc('"', out);
  for (size_t group = 0; group < 8; ++group) {
    if (group == run) {
      fputs("::", out);
      group += run_length - 1;
      continue;
    }
    if (group != 0 && group != run + run_length) fputc(':', out);
    fprintf(out, "%x", address[2 * group] << 8 | address[2 * group + 1]);
  }
  fputc('"', out);
}

static const char* const type_names[] = {
    "FWP_EMPTY",
    "FWP_UINT8",
    "FWP_UINT16",
    "FWP_UINT32",
    "FWP_UINT64",
    "FWP_INT8",
    "FWP_INT16",
    "FWP_INT32",
    "FWP_INT64",
    "FWP_FLOAT",
    "FWP_DOUBLE",
    "FWP_BYTE_ARRAY16_TYPE",
    "FWP_BYTE_BLOB_TYPE",
    "FWP_SID",
    "FWP_SECURITY_DESCRIPTOR_TYPE",
    "FWP_TOKEN_INFORMATION_TYPE",
    "FWP_TOKEN_ACCESS_INFORMATION_TYPE",
    "FWP_UNICODE_STRING_TYPE",
    "FWP_BYTE_ARRAY6_TYPE",
    "FWP_BITMAP_INDEX_TYPE",
    "FWP_BITMAP_ARRAY64_TYPE",
};

/* One `case` of a union whose arm is a pointer: null, or what `print` prints. */
#define POINTER_ARM(name, pointer, print) \
  fputs(", \"" name "\": ", out);         \
  if ((pointer) == NULL)                  \
    fputs("null", out);                   \
  else                                    \
    print;                                \
  break

/* The type and the arm that FWP_VALUE0 and FWP_CONDITION_VALUE0 share, between braces that are the caller's. */
static void print_value_members(FILE* out, uint32_t type, const union fwp_value_arm* arm) {
  fprintf(out, "\"type\": \"%s\"", type_names[type]);
  switch (type) {
    case 0: break;
    case 1: fprintf(out, ", \"uint8\": %u", arm->uint8); break;
    case 2: fprintf(out, ", \"uint16\": %u", arm->uint16); break;
    case 3: fprintf(out, ", \"uint32\": %" PRIu32, arm->uint32); break;
    case 4: POINTER_ARM("uint64", arm->uint64, fprintf(out, "\"%" PRIu64 "\"", *arm->uint64));
    case 5: fprintf(out, ", \"int8\": %d", arm->int8); break;
    case 6: fprintf(out, ", \"int16\": %d", arm->int16); break;
    case 7: fprintf(out, ", \"int32\": %" PRId32, arm->int32); break;
    case 8: POINTER_ARM("int64", arm->int64, fprintf(out, "\"%" PRId64 "\"", (int64_t)*arm->int64));
    case 9: fprintf(out, ", \"float32\": \"%08" PRIx32 "\"", arm->float32); break;
    case 10: POINTER_ARM("double64", arm->double64, fprintf(out, "\"%016" PRIx64 "\"", *arm->double64));
    case 11: POINTER_ARM("byteArray16", arm->byteArray16, print_hex(out, arm->byteArray16->bytes, 16));
    case 12: POINTER_ARM("byteBlob", arm->byteBlob, print_blob(out, arm->byteBlob));
    case 13: POINTER_ARM("sid", arm->sid, print_sid(out, arm->sid));
    case 14: POINTER_ARM("sd", arm->sd, print_blob(out, arm->sd));
    case 15: POINTER_ARM("tokenInformation", arm->tokenInformation, print_token(out, arm->tokenInformation));
    case 16:
      POINTER_ARM("tokenAccessInformation", arm->tokenAccessInformation, print_blob(out, arm->tokenAccessInformation));
    case 17: POINTER_ARM("unicodeString", arm->unicodeString, print_string(out, arm->unicodeString));
    case 18: POINTER_ARM("byteArray6", arm->byteArray6, print_hex(out, arm->byteArray6->bytes, 6));
    case 19: fprintf(out, ", \"uint8\": %u", arm->bitmapIndex); break;
    case 20: POINTER_ARM("bitmapArray64", arm->bitmapArray64, print_hex(out, arm->bitmapArray64->bytes, 8));
  }
}

static void print_value(FILE* out, const struct fwp_value* value) {
  fputc('{', out);
  print_value_members(out, value->type, &value->arm);
  fputc('}', out);
}

static void print_v4_addr_mask(FILE* out, const struct fwp_v4_addr_mask* subnet) {
  fputs("{\"addr\": ", out);
  print_v4(out, subnet->addr);
  fputs(", \"mask\": ", out);
  print_v4(out, subnet->mask);
  fputc('}', out);
}

static void print_v6_addr_mask(FILE* out, const struct fwp_v6_addr_mask* subnet) {
  fputs("{\"addr\": ", out);
  print_v6(out, subnet->addr);
  fprintf(out, ", \"prefixLength\": %u}", subnet->prefixLength);
}

static void print_range(FILE* out, const struct fwp_range* range) {
  fputs("{\"valueLow\": ", out);
  print_value(out, &range->valueLow);
  fputs(", \"valueHigh\": ", out);
  print_value(out, &range->valueHigh);
  fputc('}', out);
}

static void print_condition_value(FILE* out, const struct fwp_condition_value* value) {
  const union fwp_condition_value_arm* arm = &value->arm;
  union fwp_value_arm shared;
  fputc('{', out);
  switch (value->type) {
    case 0x100:
      fputs("\"type\": \"FWP_V4_ADDR_MASK\"", out);
      POINTER_ARM("v4AddrMask", arm->v4AddrMask, print_v4_addr_mask(out, arm->v4AddrMask));
    case 0x101:
      fputs("\"type\": \"FWP_V6_ADDR_MASK\"", out);
      POINTER_ARM("v6AddrMask", arm->v6AddrMask, print_v6_addr_mask(out, arm->v6AddrMask));
    case 0x102:
      fputs("\"type\": \"FWP_RANGE_TYPE\"", out);
      POINTER_ARM("rangeValue", arm->rangeValue, print_range(out, arm->rangeValue));
    default: memcpy(&shared, arm, sizeof shared); print_value_members(out, value->type, &shared);
  }
  fputc('}', out);
}

static void print_subnet(FILE* out, const char* field, uint32_t traffic_type, const union qm_subnet* subnet) {
  fprintf(out, "\"%s\": ", field);
  if (traffic_type == 1)
    print_condition_value(out, &subnet->value);
  else
    fputs("null", out);
  fputs(", ", out);
}

void print_event(FILE* out, const struct qm_failure1* event, bool is_revision1) {
  static const char* const failure_points[] = {"IPSEC_FAILURE_NONE", "IPSEC_FAILURE_ME", "IPSEC_FAILURE_PEER"};
  static const char* const key_modules[] = {"IKEEXT_KEY_MODULE_IKE", "IKEEXT_KEY_MODULE_AUTHIP",
                                            "IKEEXT_KEY_MODULE_IKEV2"};
  static const char* const qm_states[] = {"IKEEXT_QM_SA_STATE_NONE", "IKEEXT_QM_SA_STATE_INITIAL",
                                          "IKEEXT_QM_SA_STATE_FINAL", "IKEEXT_QM_SA_STATE_COMPLETE"};
  static const char* const sa_roles[] = {"IKEEXT_SA_ROLE_INITIATOR", "IKEEXT_SA_ROLE_RESPONDER"};
  static const char* const traffic_types[] = {"IPSEC_TRAFFIC_TYPE_TRANSPORT", "IPSEC_TRAFFIC_TYPE_TUNNEL"};

  fprintf(out, "{\"failureErrorCode\": %" PRIu32 ", ", event->failureErrorCode);
  print_enum(out, "failurePoint", event->failurePoint, failure_points, COUNT(failure_points));
  print_enum(out, "keyingModuleType", event->keyingModuleType, key_modules, COUNT(key_modules));
  print_enum(out, "qmState", event->qmState, qm_states, COUNT(qm_states));
  print_enum(out, "saRole", event->saRole, sa_roles, COUNT(sa_roles));
  print_enum(out, "saTrafficType", event->saTrafficType, traffic_types, COUNT(traffic_types));
  print_subnet(out, "localSubNet", event->saTrafficType, &event->localSubNet);
  print_subnet(out, "remoteSubNet", event->saTrafficType, &event->remoteSubNet);
  fprintf(out, "\"qmFilterId\": \"%" PRIu64 "\"", event->qmFilterId);
  if (is_revision1) {
    const struct fwp_guid* key = &event->mmProviderContextKey;
    fprintf(out, ", \"mmSaLuid\": \"%" PRIu64 "\", \"mmProviderContextKey\": \"{%08" PRIx32 "-%04x-%04x-%02x%02x-",
            event->mmSaLuid, key->Data1, key->Data2, key->Data3, key->Data4[0], key->Data4[1]);
    for (size_t i = 2; i < 8; ++i) fprintf(out, "%02x", key->Data4[i]);
    fputs("}\"", out);
  }
  fputc('}', out);
}
