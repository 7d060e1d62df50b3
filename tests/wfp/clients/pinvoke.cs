// A .NET program as they are written for Windows: P/Invoke by the DLL's name. On Linux it runs on Mono, with a dllmap.
using System;
using System.Runtime.InteropServices;
using System.Threading;

static class Program {
  const uint RPC_C_AUTHN_WINNT = 10;
  const uint FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE = 1;

  // The 64-bit layouts of FWPM_NET_EVENT4 and 5 and of FWPM_NET_EVENT_IKEEXT_QM_FAILURE1, as far as they are read.
  [StructLayout(LayoutKind.Explicit, Size = 152)]
  struct NetEvent {
    [FieldOffset(8)] public uint flags;
    [FieldOffset(136)] public uint type;
    [FieldOffset(144)] public IntPtr body;
  }
  [StructLayout(LayoutKind.Explicit, Size = 88)]
  struct QmFailure {
    [FieldOffset(0)] public uint failureErrorCode;
    [FieldOffset(20)] public uint saTrafficType;
    [FieldOffset(56)] public ulong qmFilterId;
  }
  [StructLayout(LayoutKind.Explicit, Size = 32)]
  struct Subscription {
    [FieldOffset(0)] public IntPtr enumTemplate;
  }

  [UnmanagedFunctionPointer(CallingConvention.StdCall)]
  delegate void Callback(IntPtr context, IntPtr netEvent);

  [DllImport("FWPUClnt.dll", CharSet = CharSet.Unicode)]
  static extern uint FwpmEngineOpen0(string server, uint authnService, IntPtr identity, IntPtr session, out IntPtr engine);
  [DllImport("fwpuclnt.dll")]
  static extern uint FwpmEngineClose0(IntPtr engine);
  [DllImport("fwpuclnt.dll")]
  static extern uint FwpmNetEventCreateEnumHandle0(IntPtr engine, IntPtr enumTemplate, out IntPtr handle);
  [DllImport("fwpuclnt.dll")]
  static extern uint FwpmNetEventEnum5(IntPtr engine, IntPtr handle, uint requested, out IntPtr entries, out uint returned);
  [DllImport("fwpuclnt.dll")]
  static extern uint FwpmNetEventDestroyEnumHandle0(IntPtr engine, IntPtr handle);
  [DllImport("fwpuclnt.dll")]
  static extern uint FwpmNetEventSubscribe3(IntPtr engine, ref Subscription subscription, Callback callback, IntPtr context,
                                            out IntPtr events);
  [DllImport("fwpuclnt.dll")]
  static extern uint FwpmNetEventUnsubscribe0(IntPtr engine, IntPtr events);
  [DllImport("fwpuclnt.dll")]
  static extern void FwpmFreeMemory0(ref IntPtr memory);

  static void Check(string call, uint code) {
    if (code == 0) return;
    Console.Error.WriteLine("{0}: 0x{1:x8}", call, code);
    Environment.Exit(1);
  }

  static void Print(string how, IntPtr address) {
    var netEvent = Marshal.PtrToStructure<NetEvent>(address);
    if (netEvent.type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE || netEvent.body == IntPtr.Zero) return;
    var failure = Marshal.PtrToStructure<QmFailure>(netEvent.body);
    Console.WriteLine("{0}: error {1}, {2}, filter {3}, flags 0x{4:x}", how, failure.failureErrorCode,
                      failure.saTrafficType == 0 ? "transport" : "tunnel", failure.qmFilterId, netEvent.flags);
  }

  static void Main() {
    IntPtr engine, handle, entries, events;
    uint count;
    Check("FwpmEngineOpen0", FwpmEngineOpen0(null, RPC_C_AUTHN_WINNT, IntPtr.Zero, IntPtr.Zero, out engine));
    Check("FwpmNetEventCreateEnumHandle0", FwpmNetEventCreateEnumHandle0(engine, IntPtr.Zero, out handle));
    do {
      Check("FwpmNetEventEnum5", FwpmNetEventEnum5(engine, handle, 2, out entries, out count));
      for (int i = 0; i < count; ++i) Print("logged", Marshal.ReadIntPtr(entries, i * IntPtr.Size));
      FwpmFreeMemory0(ref entries);
    } while (count == 2);
    Check("FwpmNetEventDestroyEnumHandle0", FwpmNetEventDestroyEnumHandle0(engine, handle));

    using (var heard = new CountdownEvent(3)) {
      Callback callback = (context, netEvent) => {
        Print("live", netEvent);
        heard.Signal();
      };
      var subscription = new Subscription();
      Check("FwpmNetEventSubscribe3", FwpmNetEventSubscribe3(engine, ref subscription, callback, IntPtr.Zero, out events));
      heard.Wait();
      Check("FwpmNetEventUnsubscribe0", FwpmNetEventUnsubscribe0(engine, events));
      GC.KeepAlive(callback);
    }
    Check("FwpmEngineClose0", FwpmEngineClose0(engine));
  }
}
