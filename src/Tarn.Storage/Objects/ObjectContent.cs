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
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
