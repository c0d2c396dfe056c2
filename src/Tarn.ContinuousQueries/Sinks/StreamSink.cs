using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>
/// Sinks into Tarn's own streams, exactly once: every record carries a mark in the log (the sink's id and a number that
/// no other record of it has), and an epoch that comes again first reads the marks behind the place where the stream
/// ended before the epoch. Only one sink writes marks of its id, one epoch at a time, so what is found is there, and
/// what is not found is not.
/// </summary>
internal sealed class StreamSink(IStreams streams) : ISinkTarget
{
    private const int EntriesMax = 500;
    private const int EntryBytesMax = 4 << 20;
    private const int KeyCharactersMax = 256;

    public SinkTargetKind Kind => SinkTargetKind.Stream;

    public TimeSpan CommitInterval => TimeSpan.FromSeconds(1);

    public Task PrepareAsync(SinkSpec sink, ViewPlan plan, CancellationToken cancellation)
    {
        if (streams.Find(sink.Target.Name) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"stream '{sink.Target.Name}' of sink '{sink.Name}' does not exist",
                hint: Suggestion.Hint(sink.Target.Name, streams.List().Select(stream => stream.Name))
                    ?? "create the stream first");
        }

        if (sink.Options.PartitionKey is { } key && Find(plan, key) is null)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"view '{sink.View}' has no column '{key}' to be the partition key",
                hint: Suggestion.Hint(key, plan.Columns.Select(column => column.Name)));
        }

        if (!plan.IsAppendOnly && sink.Options.PartitionKey is { } partition && !Find(plan, partition)!.IsKey)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"column '{partition}' of view '{sink.View}' cannot be the partition key",
                "it is not part of the view's key: changes of one row would go to other shards, in no order",
                "use a column of the GROUP BY, or leave partition_key out");
        }

        SinkJson.CheckNames(sink, plan);
        return Task.CompletedTask;
    }

    public async Task<string?> PlaceAsync(SinkSpec sink, CancellationToken cancellation)
    {
        var stream = Get(sink);
        var shards = new Dictionary<string, ulong>();
        foreach (var shard in stream.Shards)
        {
            var end = await streams
                .ResolveAsync(stream.Name, shard.ShardId, new StartPosition.Latest(), cancellation)
                .ConfigureAwait(false);
            shards[shard.ShardId] = end.Value;
        }

        return new StreamPlace(stream.Id, shards).Write();
    }

    public async Task DeliverAsync(SinkSpec sink, SinkEpoch epoch, CancellationToken cancellation)
    {
        var producer = Guid.ParseExact(sink.Id, "N");
        var stored = epoch.IsRepeat
            ? await StoredAsync(sink, epoch, producer, cancellation).ConfigureAwait(false) : [];
        var (entries, bytes) = (new List<StreamEntry>(), 0);
        foreach (var entry in Entries(sink, epoch, producer))
        {
            if (stored.Contains(entry.Mark!.Number))
            {
                continue;
            }

            entries.Add(entry);
            bytes += entry.DataLength;
            if (entries.Count == EntriesMax || bytes >= EntryBytesMax)
            {
                cancellation.ThrowIfCancellationRequested();
                await AppendAsync(sink, entries).ConfigureAwait(false);
                (entries, bytes) = ([], 0);
            }
        }

        await AppendAsync(sink, entries).ConfigureAwait(false);
    }

    public Task ForgetAsync(SinkSpec sink, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Not cancelled: what becomes of the records must be known before they may come again.</summary>
    private async Task AppendAsync(SinkSpec sink, List<StreamEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var outcomes = await streams.AppendAsync(sink.Target.Name, entries, CancellationToken.None)
            .ConfigureAwait(false);
        var errors = outcomes.Select(outcome => outcome.Error).OfType<AppendError>().ToList();
        if (errors.Count > 0)
        {
            var lasting = errors.Find(error => error is { Kind: ErrorKind.Invalid }
                or { Kind: ErrorKind.LimitExceeded, Code: null });
            throw new TarnException(
                lasting is null ? ErrorKind.Unavailable : ErrorKind.Invalid,
                $"stream '{sink.Target.Name}' did not take {errors.Count} records: "
                    + (lasting ?? errors[0]).Message);
        }
    }

    /// <summary>Numbers of the epoch's records that the stream holds.</summary>
    private async Task<HashSet<long>> StoredAsync(
        SinkSpec sink, SinkEpoch epoch, Guid producer, CancellationToken cancellation)
    {
        var stream = Get(sink);
        var place = StreamPlace.Read(epoch.Place);
        var known = place?.StreamId == stream.Id ? place.Shards : new Dictionary<string, ulong>();
        var stored = new HashSet<long>();
        foreach (var shard in stream.Shards)
        {
            var from = known.TryGetValue(shard.ShardId, out var end)
                ? new SequenceNumber(end) : shard.StartingSequenceNumber;
            while (true)
            {
                var read = await streams
                    .ReadAsync(stream.Name, shard.ShardId, from, new ReadBounds(10_000, 8 << 20), cancellation)
                    .ConfigureAwait(false);
                stored.UnionWith(read.Records.Select(record => record.Mark).OfType<RecordMark>()
                    .Where(mark => mark.Producer == producer && mark.Number >= epoch.First)
                    .Select(mark => mark.Number));
                if (read.Records.Count == 0)
                {
                    break;
                }

                from = read.Next;
            }
        }

        return stored;
    }

    private static IEnumerable<StreamEntry> Entries(SinkSpec sink, SinkEpoch epoch, Guid producer)
    {
        var json = new SinkJson(epoch);
        var number = epoch.First;
        for (var row = 0; row < (epoch.Removed?.Count ?? 0); row++, number++)
        {
            yield return new StreamEntry(KeyOf(sink, epoch, epoch.Removed!, row, number), json.Removal(row))
            {
                Mark = new RecordMark(producer, number),
            };
        }

        for (var row = 0; row < epoch.Rows.Count; row++, number++)
        {
            yield return new StreamEntry(KeyOf(sink, epoch, epoch.Rows, row, number), json.Row(row))
            {
                Mark = new RecordMark(producer, number),
            };
        }
    }

    /// <summary>The column that the sink names; else the row's key, so that its changes stay in order; else spread.
    /// </summary>
    private static byte[] KeyOf(SinkSpec sink, SinkEpoch epoch, ColumnBatch batch, int row, long number)
    {
        var key = sink.Options.PartitionKey is { } column
            ? Text(batch.Columns[Index(epoch, column)].Value(row))
            : epoch.Appends ? Text(number)
            : string.Join('|', epoch.Columns.Select((each, i) => (each, i)).Where(pair => pair.each.IsKey)
                .Select(pair => Text(batch.Columns[pair.i].Value(row))));
        key = key.Length == 0 ? "-" : key;
        return Encoding.UTF8.GetBytes(key.Length <= KeyCharactersMax
            ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static int Index(SinkEpoch epoch, string column) => epoch.Columns.ToList().FindIndex(known =>
        known.Name.Equals(column, StringComparison.OrdinalIgnoreCase));

    private static Subscriptions.ViewColumn? Find(ViewPlan plan, string column) => plan.Columns.FirstOrDefault(known =>
        known.Name.Equals(column, StringComparison.OrdinalIgnoreCase));

    private StreamDescription Get(SinkSpec sink) => streams.Find(sink.Target.Name) ?? throw new TarnException(
        ErrorKind.NotFound, $"stream '{sink.Target.Name}' does not exist", hint: "create it again, or drop the sink");
}
