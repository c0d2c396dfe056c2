using System.Collections.Concurrent;

namespace Tarn.Streams.Commits;

/// <summary>Calls to be used again, so that an append allocates nothing once warm. Thread-safe.</summary>
internal sealed class AppendCalls
{
    private const int KeptMax = 256;

    private readonly ConcurrentQueue<AppendCall> _idle = new();

    public AppendCall Take() => _idle.TryDequeue(out var call) ? call : new AppendCall(this);

    /// <summary>Takes a call back whose parts are all done. Others are left to the collector.</summary>
    public void Return(AppendCall call)
    {
        call.Reset();
        if (_idle.Count < KeptMax)
        {
            _idle.Enqueue(call);
        }
    }
}
