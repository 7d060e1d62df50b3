# The like content for Cap'n Proto.
@0xb2f5a9d01c3e7788;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("qmforge::bench::cp");

struct V4 { addr @0 :UInt32; mask @1 :UInt32; }
struct V6 { addr @0 :Data; prefixLength @1 :UInt8; }
struct Subnet { union { none @0 :Void; v4 @1 :V4; v6 @2 :V6; } }

struct Event {
  failureErrorCode @0 :UInt32;
  failurePoint @1 :UInt32;
  keyingModuleType @2 :UInt32;
  qmState @3 :UInt32;
  saRole @4 :UInt32;
  saTrafficType @5 :UInt32;
  local @6 :Subnet;
  remote @7 :Subnet;
  qmFilterId @8 :UInt64;
}
