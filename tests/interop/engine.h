// Independent NDR engines as programs: many inputs through one process, one answer for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "qmforge/enums.h"

namespace qmforge::interop {

/// The encoding of the bytes of a question or of an answer.
enum class Encoding : std::uint8_t {
  ndr20,      // Format::ndr20, little-endian
  ndr20Big,   // Format::ndr20, big-endian
  ndr20Body,  // Format::ndr20Body
  ndr64,      // Format::ndr64
};

/// `ndr20`, `ndr20-be`, `ndr20-body`, `ndr64`.
[[nodiscard]] std::string_view to_string(Encoding encoding) noexcept;

/// Decode `bytes`, and encode the event again in the same encoding. For ndr20Big the engine gets only the body, because
/// libndr does not read such a header (README.md); the answer gets the header back.
struct Question {
  Encoding encoding;
  Revision revision;
  std::vector<std::byte> bytes;
};

struct Answer {
  std::string line;                  // as the engine wrote it: from_json() reads the event in it
  bool accepted = false;             // otherwise the line holds the engine's reason
  std::uint64_t consumed = 0;        // libndr: the offset in the question's bytes where it stopped reading
  std::vector<std::byte> encoded{};  // the event, encoded by the engine
};

class Engine {
 public:
  /// Samba's libndr, built by libndr/build.sh.
  [[nodiscard]] static Engine libndr();
  /// The Python library impacket.
  [[nodiscard]] static Engine impacket();

  /// Why the engine is not available on this machine; nullopt if it is.
  [[nodiscard]] const std::optional<std::string>& unavailable() const { return unavailable_; }

  /// One answer for each question, in order. Throws std::runtime_error if the engine fails.
  [[nodiscard]] std::vector<Answer> ask(std::span<const Question> questions) const;

 private:
  Engine(std::string name, std::string command) : name_(std::move(name)), command_(std::move(command)) {}

  std::string name_;
  std::string command_;
  std::optional<std::string> unavailable_;
};

}  // namespace qmforge::interop
