using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>
/// The output of an epoch, version 1, little endian. The page is docs/formats/sink-output.md.
/// <code>
/// 8  "TARNSINK"
/// 4  format version, 1
/// 4  length of the header
/// n  header, JSON
/// per column, per row:              1 valid, then the value if valid (8 number, or 4 length + n text)
/// the same of what was removed, if the header says so
/// 4  CRC-32C of everything before
/// </code>
/// </summary>
internal static class SinkEpochFile
{
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "TARNSINK"u8;

    public static void Write(Stream stream, string sinkId, SinkEpoch epoch)
    {
        var writer = new SnapshotWriter(stream);
        writer.WriteRaw(Magic);
        writer.WriteInt32(Version);
        var header = new SinkEpochHeader
        {
            SinkId = sinkId,
            Number = epoch.Number,
            Version = epoch.Version,
            First = epoch.First,
            Appends = epoch.Appends,
            Columns = epoch.Columns,
            Place = epoch.Place,
            Rows = epoch.Rows.Count,
            Removed = epoch.Removed?.Count,
        };
        writer.WriteBytes(JsonSerializer.SerializeToUtf8Bytes(header, SnapshotJson.Default.SinkEpochHeader));
        epoch.Rows.Save(writer);
        epoch.Removed?.Save(writer);
        writer.Finish();
    }

    /// <summary>Throws InvalidDataException for damage, another sink or format.</summary>
    public static SinkEpoch Read(Stream stream, string sinkId)
    {
        var reader = new SnapshotReader(stream);
        if (!reader.ReadRaw(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException("not the output of a sink");
        }

        if (reader.ReadInt32() is var version and not Version)
        {
            throw new InvalidDataException($"format version {version} is not known");
        }

        var header = JsonSerializer.Deserialize(reader.ReadBytes(), SnapshotJson.Default.SinkEpochHeader);
        if (header?.SinkId != sinkId)
        {
            throw new InvalidDataException("the output belongs to another sink");
        }

        IReadOnlyList<CellType> types = [.. header.Columns.Select(column => CellType.Of(column.Type)
            ?? throw new InvalidDataException($"type {column.Type} of column '{column.Name}' is not known"))];
        return new SinkEpoch(
            header.Number, header.Version, header.First, header.Appends, header.Columns, header.Place)
        {
            Rows = ColumnBatch.Load(reader, types, header.Rows),
            Removed = header.Removed is { } count ? ColumnBatch.Load(reader, types, count) : null,
            IsRepeat = true,
        };
    }
}
