/* Samba's libndr: one body pulled, with the memory pool and the reader kept from one message to the next. */
#include "libndr_pull.h"

#include <talloc.h>

#include "ndr_qm_failure.h"

/* Strings are not measured, but the generated code refers to these. */
enum ndr_err_code ndr_pull_fwp_string(struct ndr_pull* ndr, int ndr_flags, struct fwp_string* r) {
  (void)ndr, (void)ndr_flags, (void)r;
  return NDR_ERR_BAD_SWITCH;
}
enum ndr_err_code ndr_push_fwp_string(struct ndr_push* ndr, int ndr_flags, const struct fwp_string* r) {
  (void)ndr, (void)ndr_flags, (void)r;
  return NDR_ERR_BAD_SWITCH;
}
void ndr_print_fwp_string(struct ndr_print* ndr, const char* name, const struct fwp_string* r) {
  ndr_print_ptr(ndr, name, r);
}

uint64_t libndr_pull(const uint8_t* body, size_t size, uint64_t (*sum_v6)(const void*, uint8_t)) {
  static TALLOC_CTX* pool;
  static struct ndr_pull* reader;
  if (pool == NULL) {
    pool = talloc_pool(NULL, 64 * 1024);
    reader = talloc_zero(NULL, struct ndr_pull);
  }
  TALLOC_CTX* memory = talloc_new(pool);
  reader->data = (uint8_t*)(uintptr_t)body;
  reader->data_size = (uint32_t)size;
  reader->offset = 0;
  reader->current_mem_ctx = memory;
  struct qm_failure0 event;
  uint64_t sum = 0;
  if (NDR_ERR_CODE_IS_SUCCESS(ndr_pull_qm_failure0(reader, NDR_SCALARS | NDR_BUFFERS, &event))) {
    sum = event.qmFilterId + event.failureErrorCode + event.failurePoint + event.keyingModuleType + event.qmState +
          event.saRole + event.saTrafficType;
    const struct fwp_condition_value* subnets[2] = {&event.localSubNet.value, &event.remoteSubNet.value};
    for (int i = 0; i < 2 && event.saTrafficType == 1; ++i) {
      if (subnets[i]->type == 0x100)
        sum += (uint64_t)subnets[i]->arm.v4AddrMask->addr + subnets[i]->arm.v4AddrMask->mask;
      else
        sum += sum_v6(subnets[i]->arm.v6AddrMask->addr, subnets[i]->arm.v6AddrMask->prefixLength);
    }
  }
  talloc_free(memory);
  return sum;
}
