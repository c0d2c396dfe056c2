using Microsoft.Win32.SafeHandles;

namespace Tarn.Streams.Segments;

/// <summary>The right to use a segment's file until disposed.</summary>
internal readonly struct SegmentLease(Segment segment, SafeFileHandle handle) : IDisposable
{
    public SafeFileHandle Handle => handle;

    public void Dispose() => segment.Release();
}
