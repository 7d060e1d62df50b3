#include "deliveries.h"

namespace qmforge::wfp {

Deliveries::Callback::Callback(Deliveries& deliveries, const Record& record) {
  for (auto& place : deliveries.callbacks_) {
    const Record* empty = nullptr;
    if (!place.compare_exchange_strong(empty, &record)) continue;
    place_ = &place;
    return;
  }
}

Deliveries::Callback::~Callback() {
  if (place_ != nullptr) place_->store(nullptr);
}

void Deliveries::set_batch(const Origin& call, const Record& first, const Record& last, std::size_t count) {
  batch_first_ = nullptr;
  batch_call_ = call.call;
  batch_function_ = call.function;
  batch_last_ = &last;
  batch_count_ = count;
  batch_first_ = &first;
}

void Deliveries::clear() { batch_first_ = nullptr; }

}  // namespace qmforge::wfp
