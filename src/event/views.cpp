// Reading a SID_AND_ATTRIBUTES array element by element.
#include "qmforge/views.h"

namespace qmforge {

void SidAndAttributesView::Iterator::read() noexcept {
  if (rest_.size_ == 0) return;
  if (rest_.read_ != nullptr) {
    current_ = rest_.read_(rest_);
    return;
  }
  current_ = *reinterpret_cast<const SidAndAttributes*>(rest_.elements_);
  rest_.elements_ += sizeof(SidAndAttributes);
}

}  // namespace qmforge
