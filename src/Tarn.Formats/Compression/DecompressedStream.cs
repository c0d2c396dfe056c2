using System.Globalization;
using ICSharpCode.SharpZipLib;
using Tarn.Primitives.Errors;
using ZstdSharp;

namespace Tarn.Formats.Compression;

/// <summary>
/// Keeps count of decompressed bytes, so that a small object cannot unpack to fill the disk, and turns each library's
/// exceptions into Damaged.
/// </summary>
internal sealed class DecompressedStream(Stream inner, string format, long bytesMax) : ForwardStream
{
    private long _bytes;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(inner.Read(buffer));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or SharpZipBaseException or ZstdException
            or IndexOutOfRangeException;

    private int Count(int read)
    {
        _bytes += read;
        return _bytes <= bytesMax
            ? read
            : throw new TarnException(
                ErrorKind.LimitExceeded,
                string.Create(CultureInfo.InvariantCulture, $"{format} data unpacks to more than {bytesMax} bytes"));
    }

    private TarnException Damaged(Exception cause) => new(
        ErrorKind.Damaged,
        string.Create(CultureInfo.InvariantCulture, $"{format} data is damaged after {_bytes} decompressed bytes"),
        cause.Message,
        hint: null,
        cause);
}
