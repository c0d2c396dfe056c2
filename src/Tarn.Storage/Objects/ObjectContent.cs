using Microsoft.Win32.SafeHandles;

namespace Tarn.Storage.Objects;

/// <summary>
/// An open object (or part of one). Keeps reading the version it was opened on, even if that is replaced meanwhile.
/// </summary>
/// <param name="Info">The whole object's attributes.</param>
/// <param name="Start">Offset of the first byte of <paramref name="Body"/>.</param>
/// <param name="Length">Bytes that <paramref name="Body"/> yields.</param>
/// <param name="Body">The bytes.</param>
public sealed record ObjectContent(ObjectInfo Info, long Start, long Length, Stream Body) : IAsyncDisposable
{
    /// <summary>
    /// The open file that <see cref="Body"/> reads, for a sender that reads at offsets straight into its own
    /// buffers; null when the bytes come from elsewhere. A handle and not a path: by the time a path is opened, another
    /// version may lie there. Closed with the body.
    /// </summary>
    public SafeFileHandle? File { get; init; }

    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
