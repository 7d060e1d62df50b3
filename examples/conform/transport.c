/* A decoder in C that speaks the protocol of `qmforge conform`: ndr20, little-endian, transport events.
 *
 *     cc -o transport examples/conform/transport.c
 *     qmforge simulate --out set --format ndr20
 *     qmforge conform set -- ./transport
 *
 * Lines in: LABEL FORMAT REVISION HEX. Lines out: the JSON of docs/conformance.md, or `LABEL malformed`, or
 * `LABEL skipped` for big-endian messages and tunnels. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t number(const unsigned char* at, int bytes) {
  uint64_t value = 0;
  while (bytes-- > 0) value = value << 8 | at[bytes];
  return value;
}

/* Enumerations print the names of their members, and the number for any other value. */
static const char* const points[] = {"IPSEC_FAILURE_NONE", "IPSEC_FAILURE_ME", "IPSEC_FAILURE_PEER"};
static const char* const modules[] = {"IKEEXT_KEY_MODULE_IKE", "IKEEXT_KEY_MODULE_AUTHIP", "IKEEXT_KEY_MODULE_IKEV2"};
static const char* const states[] = {"IKEEXT_QM_SA_STATE_NONE", "IKEEXT_QM_SA_STATE_INITIAL",
                                     "IKEEXT_QM_SA_STATE_FINAL", "IKEEXT_QM_SA_STATE_COMPLETE"};
static const char* const roles[] = {"IKEEXT_SA_ROLE_INITIATOR", "IKEEXT_SA_ROLE_RESPONDER"};

static void print_enum(const char* member, uint64_t value, const char* const* names, unsigned count) {
  if (value < count)
    printf("\"%s\": \"%s\", ", member, names[value]);
  else
    printf("\"%s\": %llu, ", member, (unsigned long long)value);
}

static void answer(const char* label, int revision, const unsigned char* message, size_t size) {
  const unsigned char* body = message + 16;
  const size_t needed = revision == 1 ? 64 : 40;
  if (size >= 2 && message[0] == 1 && message[1] == 0) {
    printf("%s skipped\n", label);
    return;
  }
  int malformed = size < 16 || message[0] != 1 || message[1] != 0x10 || number(message + 2, 2) != 8;
  const size_t object = malformed ? 0 : (size_t)number(message + 8, 4);
  malformed = malformed || object % 8 != 0 || object != size - 16;
  if (!malformed && object >= 24 && number(body + 20, 4) == 1) {
    printf("%s skipped\n", label);
    return;
  }
  if (malformed || object < needed || object >= needed + 8 || number(body + 20, 4) != 0 || number(body + 24, 8) != 0) {
    printf("%s malformed\n", label);
    return;
  }
  printf("{\"label\": \"%s\", \"verdict\": \"accepted\", \"event\": {\"failureErrorCode\": %u, ", label,
         (unsigned)number(body, 4));
  print_enum("failurePoint", number(body + 4, 4), points, 3);
  print_enum("keyingModuleType", number(body + 8, 4), modules, 3);
  print_enum("qmState", number(body + 12, 4), states, 4);
  print_enum("saRole", number(body + 16, 4), roles, 2);
  printf("\"saTrafficType\": \"IPSEC_TRAFFIC_TYPE_TRANSPORT\", \"localSubNet\": null, \"remoteSubNet\": null, ");
  printf("\"qmFilterId\": \"%llu\"", (unsigned long long)number(body + 32, 8));
  if (revision == 1) {
    const unsigned char* guid = body + 48;
    printf(", \"mmSaLuid\": \"%llu\"", (unsigned long long)number(body + 40, 8));
    printf(", \"mmProviderContextKey\": \"{%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}\"",
           (unsigned)number(guid, 4), (unsigned)number(guid + 4, 2), (unsigned)number(guid + 6, 2), guid[8], guid[9],
           guid[10], guid[11], guid[12], guid[13], guid[14], guid[15]);
  }
  printf("}}\n");
}

int main(void) {
  static char label[1 << 10], format[32], hex[1 << 20];
  static unsigned char message[1 << 19];
  int revision;
  while (scanf("%1023s %31s %d%*1[ ]%1048575[^\n]", label, format, &revision, hex) >= 3) {
    size_t size = 0;
    for (unsigned byte; sscanf(hex + 2 * size, "%2x", &byte) == 1; ++size) message[size] = (unsigned char)byte;
    if (strcmp(format, "ndr20") == 0)
      answer(label, revision, message, size);
    else
      printf("%s skipped\n", label);
    fflush(stdout);
    hex[0] = '\0';
  }
  return 0;
}
