// The controls of the fake WFP: what happened on this machine, how calls fail, what was called and what leaked.
//
// The program under test includes fwpmu.h alone (or Windows' own header). This header is its test's. There is one fake
// a process, as there is one filter engine a machine; every function here may be called from any thread at any time,
// but reset(), which no call may overlap.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/sim/generate.h"
#include "qmforge/wfp/hostile.h"

namespace qmforge::wfp {

/// The faked calls.
enum class Function : std::uint8_t {
  engineOpen0,
  engineClose0,
  engineGetOption0,
  engineSetOption0,
  transactionBegin0,
  transactionCommit0,
  transactionAbort0,
  netEventCreateEnumHandle0,
  netEventEnum0,
  netEventEnum1,
  netEventEnum2,
  netEventEnum3,
  netEventEnum4,
  netEventEnum5,
  netEventDestroyEnumHandle0,
  netEventSubscribe0,
  netEventSubscribe1,
  netEventSubscribe2,
  netEventSubscribe3,
  netEventSubscribe4,
  netEventUnsubscribe0,
  netEventSubscriptionsGet0,
  freeMemory0,
};
inline constexpr std::size_t function_count = static_cast<std::size_t>(Function::freeMemory0) + 1;

/// `FwpmNetEventEnum0`.
[[nodiscard]] std::string_view to_string(Function function) noexcept;
[[nodiscard]] std::optional<Function> function_from_name(std::string_view text) noexcept;

/// Back to the state of a process that has made no call yet: every handle closed (running callbacks are waited for),
/// every batch freed, the log empty, no modes, no faults, no mistakes.
void reset();

// What happened -------------------------------------------------------------------------------------------------------

enum class IpVersion : std::uint8_t { v4, v6 };

/// What a net event's header says. A member without a value has its flag off and its bytes zero.
struct EventHeader {
  std::optional<std::uint64_t> timeStamp;                 // 100 ns since 1601; without one, the fake's clock
  std::optional<IpVersion> ipVersion;                     // an address needs it: without it neither is set
  std::optional<std::array<std::uint8_t, 16>> localAddr;  // network order; of an IPv4 address the first four bytes
  std::optional<std::array<std::uint8_t, 16>> remoteAddr;
  std::optional<std::uint8_t> ipProtocol;
  std::optional<std::uint16_t> localPort;
  std::optional<std::uint16_t> remotePort;
  std::optional<std::uint32_t> scopeId;
  std::optional<std::u16string> appId;  // without its NUL
  std::optional<Sid> userId;
  std::optional<Sid> packageSid;               // from FWPM_NET_EVENT2 on
  std::optional<std::u16string> enterpriseId;  // from FWPM_NET_EVENT3 on, as are those below
  std::optional<std::uint64_t> policyFlags;
  std::optional<std::u16string> effectiveName;
};

/// The header that an event is fed with unless told otherwise: IP version, both addresses and the protocol (UDP). The
/// addresses are those of a tunnel's subnets, in the local subnet's family; where a subnet has none to give, one from
/// the blocks reserved for documentation.
[[nodiscard]] EventHeader header_for(const Event& event);

enum class Delivery : std::uint8_t {
  logged,      // it has happened: enumerations made from now on see it
  live,        // it happens: logged, and every subscription that it matches is called
  subscribed,  // live, but held back until there is a subscription
};

struct FeedOptions {
  Delivery delivery = Delivery::logged;
  double perSecond = 0;  // events a second, from a thread of the fake's own; 0: at once
};

/// Feeds events, and answers how many. What an event's views point to is copied. While collection is off
/// (FWPM_ENGINE_COLLECT_NET_EVENTS 0) events are lost, as they are on Windows. Hostile modes work on what is fed while
/// they are on.
std::size_t feed(const Event& event, const FeedOptions& options = {});
std::size_t feed(const Event& event, const EventHeader& header, const FeedOptions& options = {});
std::size_t feed(std::span<const Event> events, const FeedOptions& options = {});
/// `count` events as the simulator makes them from a seed; the same for the same grammar version, profile and seed.
std::size_t feed_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile = {},
                      const FeedOptions& options = {});
/// Every combination of the enumerations in both revisions, and every shape of a tunnel's subnets that is sound.
std::size_t feed_exhaustive(const FeedOptions& options = {});
/// The events of a labelled set that the simulator wrote (one JSON object a line, as `qmforge decode --json` prints
/// them); lines of malformed inputs hold none and are passed over.
[[nodiscard]] std::expected<std::size_t, std::string> feed_labelled(const std::filesystem::path& file,
                                                                    const FeedOptions& options = {});

/// Returns when every feed has ended and every callback has returned. With events held back and nobody subscribed, that
/// is when everything else has.
void wait_delivered();

/// The fake's clock: the time stamp of the next event, and what each event adds to it. At the start it says 2026-01-01
/// 00:00 UTC and adds a millisecond, so that the same feed gives the same bytes.
void set_clock(std::uint64_t file_time, std::uint64_t step);

struct Statistics {
  std::uint64_t logged = 0;        // events in the log
  std::uint64_t notCollected = 0;  // events lost while collection was off
  std::uint64_t delivered = 0;     // callbacks that have returned
  std::uint64_t logBytes = 0;      // memory that the log holds
};
[[nodiscard]] Statistics statistics();

// How it goes wrong
// -----------------------------------------------------------------------------------------------------

/// Switches a hostile mode on or off; see hostile.h.
void set_mode(Mode mode, bool on = true);
[[nodiscard]] bool is_on(Mode mode);

/// The nth call of a function from now on (1: the next) returns `code` and does nothing else. Several may be pending.
void fail(Function function, std::uint32_t nth, std::uint32_t code);
/// The same by name, which may also be that of a function that is exported and not faked. False: the fake exports no
/// such function.
[[nodiscard]] bool fail(std::string_view function, std::uint32_t nth, std::uint32_t code);
/// Every call from a stack that no call came from before returns `code` and does nothing else; the next one from there
/// goes through. FwpmFreeMemory0, which cannot fail, is left alone.
void fail_every_call_site_once(std::uint32_t code);
void clear_faults();
/// How many call sites have failed so far.
[[nodiscard]] std::size_t failed_call_sites();

// What the program did
// --------------------------------------------------------------------------------------------------

struct Call {
  std::uint64_t number = 0;  // 1 for the first call of all
  Function function{};
  std::uint32_t result = 0;
  std::uint64_t thread = 0;
  bool injected = false;  // the result is a fault's
};
/// The calls that have returned, oldest first: the last 65,536.
[[nodiscard]] std::vector<Call> calls();
/// How often a function was called since the last reset().
[[nodiscard]] std::uint64_t call_count(Function function);

enum class Misuse : std::uint8_t {
  unknownHandle,  // no call ever returned it
  closedHandle,   // it was closed before
  wrongKind,      // a handle, but for something else
  wrongSession,   // another session's
  nullArgument,
  doubleFree,      // FwpmFreeMemory0 of a batch that was freed before
  unknownPointer,  // FwpmFreeMemory0 of what no call returned
  insideBatch,     // FwpmFreeMemory0 of an entry: entries are part of their batch
  callbackEvent,   // FwpmFreeMemory0 of the event that a callback was given
  endInCallback,   // a subscription ended from its own callback, which Windows waits for
};
[[nodiscard]] std::string_view to_string(Misuse misuse) noexcept;

struct Mistake {
  Misuse misuse{};
  std::uint64_t call = 0;  // the number of the call that was made wrongly
  Function function{};
  std::string text;  // a sentence; for what was closed or freed before, it names the calls that made and ended it
};

/// A handle or a batch that was made and not ended.
struct Leak {
  std::string what;  // `engine`, `enumeration`, `subscription`, `batch`
  std::uint64_t madeBy = 0;
  Function function{};
  std::size_t bytes = 0;  // of a batch
};

/// The calls of a function that the fake exports and does not fake.
struct UnfakedCalls {
  std::string function;
  std::uint64_t count = 0;
};

struct Report {
  std::vector<Mistake> mistakes;
  std::vector<Leak> leaks;
  std::vector<UnfakedCalls> unfaked;  // by name; not the program's fault, and so no hindrance to clean()

  [[nodiscard]] bool clean() const noexcept { return mistakes.empty() && leaks.empty(); }
};
/// What is wrong so far. An enumeration or subscription that its session's end closed is no leak.
[[nodiscard]] Report report();
[[nodiscard]] std::string to_string(const Report& report);

/// The memory from `address` to the end of the batch, or of the callback's event, that holds it: what an image of a
/// structure in it may point to. Empty where there is none.
[[nodiscard]] std::span<const std::byte> memory_from(const void* address);

// The same from a file
// -----------------------------------------------------------------------------------------------------

/// The environment variable that names a scenario file. It is read at the first call that the program makes.
inline constexpr std::string_view scenario_variable = "QMFORGE_WFP_SCENARIO";

/// Does what a scenario says; docs/wfp.md describes the format. The error says the line.
[[nodiscard]] std::expected<void, std::string> run_scenario(std::string_view text);

}  // namespace qmforge::wfp
