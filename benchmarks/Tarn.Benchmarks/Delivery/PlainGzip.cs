using System.IO.Compression;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Streams;

namespace Tarn.Benchmarks.Delivery;

/// <summary>
/// The same lines, already joined in memory, through GZipStream of the same level into files of the same size, each
/// fsynced: no log, no check of a record, no catalog, no checkpoint. The files of every round stay, as delivered
/// objects do: pages that a file left behind are cheaper to write to than fresh ones.
/// </summary>
internal sealed class PlainGzip
{
    private const int LineBytes = ScoreRecords.Bytes + 1;

    private readonly byte[] _lines;
    private readonly int _fileBytes;

    private PlainGzip(byte[] lines, int fileBytes) => (_lines, _fileBytes) = (lines, fileBytes);

    public static async Task<PlainGzip> OfAsync(IStreams streams, string stream, int records, int fileBytes)
    {
        var lines = new byte[(long)records * LineBytes];
        var used = 0;
        await StreamFill.ReadAsync(streams, stream, batch =>
        {
            foreach (var record in batch)
            {
                record.Data.Span.CopyTo(lines.AsSpan(used));
                lines[used + ScoreRecords.Bytes] = (byte)'\n';
                used += LineBytes;
            }
        });
        Totals.MustEqual(lines.Length, used, "bytes of the log");
        return new PlainGzip(lines, fileBytes);
    }

    public Measured Write(string directory, int round)
    {
        var clock = new CpuClock();
        for (var start = 0; start < _lines.Length; start += _fileBytes)
        {
            using var file = File.Create(Path.Combine(directory, $"plain-{round}-{start}.gz"));
            using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(_lines.AsSpan(start, Math.Min(_fileBytes, _lines.Length - start)));
            }

            file.Flush(flushToDisk: true);
        }

        return clock.Stop();
    }
}
