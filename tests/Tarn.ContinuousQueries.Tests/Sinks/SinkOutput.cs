using Tarn.Catalog.Exclusions;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.ContinuousQueries.Tests.Kills;
using Tarn.DuckDb;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.Results;
using Tarn.Storage.Objects;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Tests.Sinks;

/// <summary>What sinks have put out, as rows of text.</summary>
internal static class SinkOutput
{
    /// <summary>Returns once all that the sink's streams hold has left it.</summary>
    public static async Task SettleAsync(ContinuousQueryEngine engine, string sink)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await engine.FindSink(sink)!.Loop.CatchUpAsync(limit.Token);
        while (!engine.FindSink(sink)!.IsSettled)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>The rows as a reader has them that applies every record.</summary>
    public static async Task<IReadOnlyList<string>> OfStreamAsync(
        IStreams streams, string stream, IReadOnlyList<ViewColumn> columns, IDuckDb duckDb)
    {
        var payloads = new List<ReadOnlyMemory<byte>>();
        foreach (var shard in streams.Find(stream)!.Shards)
        {
            var from = shard.StartingSequenceNumber;
            while (await streams.ReadAsync(
                stream, shard.ShardId, from, new ReadBounds(10_000, 8 << 20), CancellationToken.None) is
                { Records.Count: > 0 } read)
            {
                payloads.AddRange(read.Records.Select(record => record.Data));
                from = read.Next;
            }
        }

        using var session = duckDb.OpenSession();
        session.RegisterTable("out", new JsonRecordTable(
            [
                new("op", "VARCHAR"), new("version", "BIGINT"),
                .. columns.Select(column => new DuckDbColumn(column.Name, column.Type)),
            ],
            payloads, bad => Assert.Fail(bad.Reason)));
        var keys = string.Join(", ", columns.Where(column => column.IsKey).Select(Name).DefaultIfEmpty("1"));
        return await TextRows.ReadAsync(
            session,
            $"SELECT {string.Join(", ", columns.Select(Name))} FROM out "
            + $"QUALIFY op IS NULL OR (op = 'upsert' AND version = max(version) OVER (PARTITION BY {keys}))");
    }

    /// <summary>The rows of the objects that count.</summary>
    public static async Task<IReadOnlyList<string>> OfTableAsync(
        KillServer server, string location, IReadOnlyList<ViewColumn> columns, IDuckDb duckDb)
    {
        var objects = server.Get<IObjectStore>();
        var folder = ObjectKey.Parse(location);
        var hidden = await server.Get<IObjectExclusions>().ListAsync(CancellationToken.None);
        var files = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await objects.ListAsync(
                folder.Bucket, new ObjectListing { Prefix = folder.Key, After = after }, CancellationToken.None);
            foreach (var info in page.Objects.Where(info => !hidden.Hides(info)))
            {
                using var local = await objects.OpenLocalAsync(info.Key, CancellationToken.None);
                files.Add($"'{local!.Path}'");
            }

            after = page.NextAfter;
        }

        using var session = duckDb.OpenSession();
        return files.Count == 0 ? [] : await TextRows.ReadAsync(
            session,
            $"SELECT {string.Join(", ", columns.Select(Name))} FROM read_parquet([{string.Join(", ", files)}])");
    }

    private static string Name(ViewColumn column) => $"\"{column.Name}\"";
}
