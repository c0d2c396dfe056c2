using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Shards;
using Tarn.Delivery.Specs;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Streams;

namespace Tarn.Delivery.History;

/// <summary>
/// Finds delivered objects by their names, which tell shard and range, below the checkpoints:
/// <code>
///   checkpoints read -> objects listed: what ends below a checkpoint was put before it moved, so it is listed;
///                       what begins at or above it is of a batch under way, or was committed since: its records
///                       are those that the reader takes from the log
/// </code>
/// Every object is accounted for: when the checkpoints count more than there are (removed, compacted, written under
/// another prefix), or two ranges overlap, the history is refused and not guessed.
/// </summary>
internal sealed partial class StoredRecords(
    DeliveryResources resources, CheckpointStore checkpoints, IObjectStore objects, IStreams streams)
    : IDeliveredRecords
{
    public async Task<DeliveredRecords> FindAsync(string stream, CancellationToken cancellation)
    {
        TarnException? refusal = null;
        foreach (var resource in await resources.ListAsync(cancellation).ConfigureAwait(false))
        {
            if (resource.Delivery is { Source: DeliverySource.FromStream from } spec && from.Stream == stream)
            {
                try
                {
                    return await FindAsync(spec, cancellation).ConfigureAwait(false);
                }
                catch (TarnException cause) when (cause.Kind == ErrorKind.Unsupported)
                {
                    refusal ??= cause;
                }
            }
        }

        throw refusal ?? new TarnException(
            ErrorKind.Unsupported, $"stream '{stream}' is not delivered to a table",
            hint: "make a delivery stream that writes it as JSON lines");
    }

    public async Task<Stream> OpenAsync(DeliveredObject delivered, CancellationToken cancellation)
    {
        var content = await objects.OpenAsync(delivered.Key, range: null, cancellation).ConfigureAwait(false)
            ?? throw new TarnException(ErrorKind.NotFound, $"object '{delivered.Key}' is no longer there");
        return CompressionCodec.OpenRead(content.Body, delivered.Compression, long.MaxValue, leaveOpen: false);
    }

    private async Task<DeliveredRecords> FindAsync(DeliverySpec spec, CancellationToken cancellation)
    {
        var lane = DeliveryLane.Of(spec)[0];
        var stream = streams.Find(lane.Stream)
            ?? throw new TarnException(ErrorKind.NotFound, $"stream '{lane.Stream}' does not exist");
        var stored = (await checkpoints.ListAsync(lane.Key, cancellation).ConfigureAwait(false))
            .Where(item => item.Checkpoint.StreamId == stream.Id
                && item.Name == CheckpointStore.Name(lane.Key, ShardOf(item)))
            .ToDictionary(ShardOf, item => item.Checkpoint, StringComparer.Ordinal);
        DeliveredForm.Check(spec, stored.Values.Sum(checkpoint => checkpoint.BadRecords));
        var found = await ListAsync(lane, stored, cancellation).ConfigureAwait(false);
        var counted = stored.Values.Sum(checkpoint => checkpoint.Objects);
        return found.Count == counted
            ? new DeliveredRecords(
                spec.Name, stream.Id, stored.ToDictionary(item => item.Key, item => item.Value.Next), InOrder(found))
            : throw DeliveredForm.Refused(spec, string.Create(
                CultureInfo.InvariantCulture,
                $"it has delivered {counted:N0} objects, and {found.Count:N0} of them are where it writes"),
                "objects that were removed, compacted or written under another prefix cannot be counted");
    }

    private async Task<List<DeliveredObject>> ListAsync(
        DeliveryLane lane, Dictionary<string, ShardCheckpoint> stored, CancellationToken cancellation)
    {
        var found = new List<DeliveredObject>();
        var prefix = DeliveredForm.Fixed(lane.Output.Prefix);
        var errors = DeliveredForm.Fixed(lane.Output.ErrorPrefix);
        var isApart = !prefix.StartsWith(errors, StringComparison.Ordinal);
        string? after = null;
        do
        {
            var listing = new ObjectListing { Prefix = prefix, After = after };
            var page = await objects.ListAsync(lane.Output.Bucket, listing, cancellation).ConfigureAwait(false);
            found.AddRange(page.Objects
                .Where(info => !isApart || !info.Key.Key.StartsWith(errors, StringComparison.Ordinal))
                .Select(info => Parse(lane, info))
                .OfType<DeliveredObject>()
                .Where(item => stored.TryGetValue(item.ShardId, out var checkpoint) && item.Last < checkpoint.Next));
            after = page.NextAfter;
        }
        while (after is not null);
        return found;
    }

    /// <summary>Null: another's object, which the count of them shows when it stands for one of these.</summary>
    private static DeliveredObject? Parse(DeliveryLane lane, ObjectInfo info)
    {
        var file = info.Key.Key[(info.Key.Key.LastIndexOf('/') + 1)..];
        if (!file.StartsWith(lane.Delivery + "-", StringComparison.Ordinal)
            || RangeOf().Match(file[(lane.Delivery.Length + 1)..]) is not { Success: true } match
            || !ulong.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var first)
            || !ulong.TryParse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture, out var last))
        {
            return null;
        }

        var compression = lane.Output.FileExtension is null
            ? CompressionCodec.FromName(file) : lane.Output.Compression;
        return new DeliveredObject(match.Groups[1].Value, first, last, info.Key, info.LastModified, compression);
    }

    /// <summary>By the time at which they were put; a shard's never before those that hold what came earlier.</summary>
    private static IReadOnlyList<DeliveredObject> InOrder(List<DeliveredObject> found)
    {
        var timed = new List<(DateTimeOffset At, DeliveredObject Item)>();
        foreach (var shard in found.GroupBy(item => item.ShardId, StringComparer.Ordinal))
        {
            var at = DateTimeOffset.MinValue;
            DeliveredObject? before = null;
            foreach (var item in shard.OrderBy(item => item.First))
            {
                if (before is not null && item.First <= before.Last)
                {
                    throw new TarnException(
                        ErrorKind.Unsupported, $"objects '{before.Key}' and '{item.Key}' hold the same records");
                }

                (before, at) = (item, item.WrittenAt > at ? item.WrittenAt : at);
                timed.Add((at, item));
            }
        }

        return [.. timed.OrderBy(item => item.At).ThenBy(item => item.Item.First).Select(item => item.Item)];
    }

    private static string ShardOf(StoredCheckpoint item) => item.Name[(item.Name.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"^(shardId-\d+)-(\d+)-(\d+)(\.[^-]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex RangeOf();
}
