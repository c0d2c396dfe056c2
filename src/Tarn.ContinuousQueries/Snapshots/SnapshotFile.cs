using System.Text.Json;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.State;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>
/// A view's snapshot, version 1, little endian. The page is docs/formats/view-snapshot.md.
/// <code>
/// 8  "TARNVIEW"
/// 4  format version, 1
/// 4  length of the header
/// n  header, JSON
/// per group, in slot order:             4 length, n key (see KeyCodec)
/// per column of the partials, per group: 1 valid, then the value if valid (8 number, 16 wide sum, 4 length + n text)
/// 4  CRC-32C of everything before
/// </code>
/// </summary>
internal static class SnapshotFile
{
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "TARNVIEW"u8;

    public static void Write(Stream stream, SnapshotHeader header, FrozenState state)
    {
        var writer = new SnapshotWriter(stream);
        writer.WriteRaw(Magic);
        writer.WriteInt32(Version);
        writer.WriteBytes(JsonSerializer.SerializeToUtf8Bytes(header, SnapshotJson.Default.SnapshotHeader));
        state.Save(writer);
        writer.Finish();
    }

    /// <summary>Throws InvalidDataException for damage, another view, plan or format.</summary>
    public static (SnapshotHeader Header, ViewState State) Read(Stream stream, ViewPlan plan, string viewId,
        string planHash)
    {
        var reader = new SnapshotReader(stream);
        if (!reader.ReadRaw(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException("not a snapshot");
        }

        if (reader.ReadInt32() is var version && version != Version)
        {
            throw new InvalidDataException($"format version {version} is not known");
        }

        var header = ReadHeader(reader);
        if (header.ViewId != viewId || header.PlanHash != planHash)
        {
            throw new InvalidDataException("the snapshot belongs to another definition");
        }

        var state = new ViewState(plan);
        state.Load(reader, header.Groups, header.ViewVersion);
        return reader.AtEnd
            ? (header, state) : throw new InvalidDataException("the snapshot is longer than its groups");
    }

    private static SnapshotHeader ReadHeader(SnapshotReader reader)
    {
        try
        {
            return JsonSerializer.Deserialize(reader.ReadBytes(), SnapshotJson.Default.SnapshotHeader)
                ?? throw new InvalidDataException("the snapshot has no header");
        }
        catch (JsonException cause)
        {
            throw new InvalidDataException("the snapshot's header is not valid JSON", cause);
        }
    }
}
