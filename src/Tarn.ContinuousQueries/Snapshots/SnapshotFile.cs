using System.Text.Json;
using Tarn.ContinuousQueries.State;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>
/// A view's snapshot, version 2, little endian; version 1 is read too. The page is docs/formats/view-snapshot.md.
/// <code>
/// 8  "TARNVIEW"
/// 4  format version, 2
/// 4  length of the header
/// n  header, JSON
/// per leaf:
///   per group, in slot order:              4 length, n key (see KeyCodec)
///   per column of the partials, per group: 1 valid, then the value if valid (8 number, 16 wide sum, 4 length + n text)
///   if the leaf has times, per group:      1 valid, then 8 microseconds if valid
/// 4  CRC-32C of everything before
/// </code>
/// </summary>
internal static class SnapshotFile
{
    private const int Version = 2;

    private static ReadOnlySpan<byte> Magic => "TARNVIEW"u8;

    public static void Write(Stream stream, SnapshotHeader header, FrozenView state)
    {
        var writer = new SnapshotWriter(stream);
        writer.WriteRaw(Magic);
        writer.WriteInt32(Version);
        writer.WriteBytes(JsonSerializer.SerializeToUtf8Bytes(header, SnapshotJson.Default.SnapshotHeader));
        foreach (var leaf in state.Leaves)
        {
            leaf.Save(writer);
        }

        writer.Finish();
    }

    /// <summary>Fills an empty state. Throws InvalidDataException for damage, another view, plan or format.</summary>
    /// <param name="now">Microseconds by which the time to live runs.</param>
    public static SnapshotHeader Read(Stream stream, ViewState state, string viewId, string planHash, long now)
    {
        var reader = new SnapshotReader(stream);
        if (!reader.ReadRaw(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException("not a snapshot");
        }

        if (reader.ReadInt32() is var version && version is < 1 or > Version)
        {
            throw new InvalidDataException($"format version {version} is not known");
        }

        var header = ReadHeader(reader);
        if (header.ViewId != viewId || header.PlanHash != planHash)
        {
            throw new InvalidDataException("the snapshot belongs to another definition");
        }

        header = version == 1 ? Upgrade(header, state) : header;
        if (header.Leaves.Count != state.Leaves.Count)
        {
            throw new InvalidDataException("the snapshot has other leaves than the plan");
        }

        foreach (var (leaf, saved) in state.Leaves.Zip(header.Leaves))
        {
            leaf.Load(reader, saved, header.ViewVersion, now);
        }

        return reader.AtEnd
            ? header : throw new InvalidDataException("the snapshot is longer than its groups");
    }

    private static SnapshotHeader Upgrade(SnapshotHeader header, ViewState state) => header with
    {
        Inputs = [new SnapshotInput(state.Plan.Leaves[0].Source.Name, header.StreamId, header.Shards ?? [])],
        Leaves = [new SnapshotLeaf(header.Groups ?? 0, NextRow: 0, ClosedUpTo: long.MinValue, HasTimes: false)],
        Groups = null,
        StreamId = null,
        Shards = null,
    };

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
