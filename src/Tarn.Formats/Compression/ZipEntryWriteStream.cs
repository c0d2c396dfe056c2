using System.IO.Compression;

namespace Tarn.Formats.Compression;

/// <summary>
/// Writes an archive of one entry, to a stream that need not seek. Name and date of the entry are always the same, so
/// that the archive depends on the input alone.
/// </summary>
internal sealed class ZipEntryWriteStream : ForwardStream
{
    public const string EntryName = "data";

    // The oldest date that the format can say.
    private static readonly DateTimeOffset EntryDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;
    private readonly Stream _entry;

    public ZipEntryWriteStream(Stream destination, CompressionLevel level, bool leaveOpen)
    {
        _archive = new ZipArchive(new OnlyWritten(destination, leaveOpen), ZipArchiveMode.Create, leaveOpen: false);
        var entry = _archive.CreateEntry(EntryName, level);
        entry.LastWriteTime = EntryDate;
        _entry = entry.Open();
    }

    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer) => _entry.Write(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _entry.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _entry.WriteAsync(buffer, offset, count, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _entry.Dispose();
            _archive.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Keeps the archive from going back to fill in sizes, so that a file gets what any stream gets.</summary>
    private sealed class OnlyWritten(Stream inner, bool leaveOpen) : ForwardStream
    {
        public override bool CanWrite => true;

        public override void Flush() => inner.Flush();

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

        protected override void Dispose(bool disposing)
        {
            if (disposing && !leaveOpen)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
