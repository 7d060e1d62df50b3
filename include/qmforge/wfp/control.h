// The controls of the fake WFP: feed events, inject failures, read which calls were made and what leaked.
//
// The program under test includes only fwpmu.h (or Windows' own header); its test includes this header. A process has
// one fake, as a machine has one filter engine. Every function here may be called from any thread at any time, except
// reset(), which no other call may overlap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/sim/generate.h"
#include "qmforge/wfp/event_header.h"
#include "qmforge/wfp/feed_options.h"
#include "qmforge/wfp/function.h"
#include "qmforge/wfp/hostile.h"
#include "qmforge/wfp/report.h"
#include "qmforge/wfp/statistics.h"

namespace qmforge::wfp {

/// Restores the state of a process that has made no call: closes every handle (waits for running callbacks), frees
/// every batch, empties the log, and clears modes, failure injections and the report.
void reset();

/// The default header of a fed event: the IP version and the addresses of two gateways (flags 0x106), like the only
/// public header of a real IKE event. The IP version is that of a tunnel's local subnet, or IPv4; the addresses are
/// from the blocks reserved for documentation (RFC 5737, RFC 3849).
[[nodiscard]] EventHeader header_for(const Event& event);

/// Feeds events and returns their number. Copies what an event's views point to. While collection is off
/// (FWPM_ENGINE_COLLECT_NET_EVENTS 0), events are lost, as on Windows. A hostile mode changes the events that are fed
/// while it is on.
std::size_t feed(const Event& event, const FeedOptions& options = {});
std::size_t feed(const Event& event, const EventHeader& header, const FeedOptions& options = {});
std::size_t feed(std::span<const Event> events, const FeedOptions& options = {});
/// Feeds `count` generated events. The same grammar version (sim/generate.h), profile and seed give the same events.
std::size_t feed_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile = {},
                      const FeedOptions& options = {});
/// Feeds every combination of the enumerations in both revisions, and every valid shape of a tunnel's subnets.
std::size_t feed_exhaustive(const FeedOptions& options = {});
/// Feeds the events of a labelled set (one JSON object a line, as `qmforge decode --json` prints them); lines of
/// malformed inputs are skipped. The error is a sentence that names the line.
[[nodiscard]] std::expected<std::size_t, std::string> feed_labelled(const std::filesystem::path& file,
                                                                    const FeedOptions& options = {});

/// Feeds one event of any kind, with or without a header, in the form of a scenario's command `event` (docs/wfp.md).
[[nodiscard]] std::expected<std::size_t, std::string> feed_json(std::string_view text, const FeedOptions& options = {});

/// Waits until every feed has ended and every callback has returned. Does not wait for events with
/// Delivery::subscribed while there is no subscription.
void wait_delivered();

/// Sets the fake's clock: the time stamp of the next event, and the step to the one after it, both in units of 100 ns,
/// the former since 1601-01-01 UTC (FILETIME). Default: 2026-01-01 00:00 UTC and a millisecond, so that the same feed
/// gives the same bytes.
void set_clock(std::uint64_t file_time, std::uint64_t step);

[[nodiscard]] Statistics statistics();

/// Switches a hostile mode on or off; see hostile.h.
void set_mode(Mode mode, bool on = true);
/// Switches Mode::silent on: every subscription delivers this many events and then none. (set_mode(Mode::silent): 1.)
void set_silent_after(std::uint64_t events);
[[nodiscard]] bool is_on(Mode mode);

/// Makes the nth call of a function from now on (1: the next) return `code` and do nothing else. Several injections may
/// be pending.
void fail(Function function, std::uint32_t nth, std::uint32_t code);
/// The same by name, also for functions that are exported but not faked. Returns false if the fake does not export the
/// function.
[[nodiscard]] bool fail(std::string_view function, std::uint32_t nth, std::uint32_t code);
/// Makes the first call from each distinct call stack return `code` and do nothing else; later calls from that stack
/// are made normally. Does not apply to FwpmFreeMemory0, which cannot fail.
void fail_every_call_site_once(std::uint32_t code);
/// The same over several runs of a program: call sites listed in the file `sites` do not fail again, and those that
/// fail are appended to it. When a run appends none, every call site that the program reaches has failed once.
[[nodiscard]] std::expected<void, std::string> fail_every_call_site_once(std::uint32_t code,
                                                                         const std::filesystem::path& sites);
/// Forgets all pending injections, and the call sites that have failed.
void clear_failures();
/// The number of call sites that have failed so far.
[[nodiscard]] std::size_t failed_call_sites();

/// The last 65,536 calls that have returned, oldest first.
[[nodiscard]] std::vector<Call> calls();
/// The number of calls of a function since the last reset().
[[nodiscard]] std::uint64_t call_count(Function function);

/// The misuses and leaks so far. An enumeration or subscription that was closed with its session is not a leak.
[[nodiscard]] Report report();

/// The memory from `address` to the end of the batch, or of the callback's event, that contains it. It is the memory
/// image (docs/format.md 2.5) of a structure at `address`. Empty if neither contains the address.
[[nodiscard]] std::span<const std::byte> memory_from(const void* address);

/// The environment variable that names a scenario file. It is read at the first call that the program makes.
inline constexpr std::string_view scenario_variable = "QMFORGE_WFP_SCENARIO";

/// The environment variable that, unless it is empty, stops the fake from printing its scenario to stderr.
inline constexpr std::string_view quiet_variable = "QMFORGE_WFP_QUIET";

/// Runs a scenario; docs/wfp.md describes the format. The error is a sentence that names the line.
[[nodiscard]] std::expected<void, std::string> run_scenario(std::string_view text);

}  // namespace qmforge::wfp
