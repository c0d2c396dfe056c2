using Tarn.DuckDb;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing.Nexmark;

namespace Tarn.ContinuousQueries.Tests.Nexmark;

/// <summary>Nexmark's three streams with their sources, and the events that were put into them.</summary>
internal sealed class NexmarkLake(Lake lake, NexmarkGenerator generator)
{
    private readonly List<NexmarkEvent> _events = [];

    /// <summary>Makes streams and sources; a source has a watermark where it is taken.</summary>
    public async Task CreateAsync()
    {
        foreach (var (name, columns) in NexmarkGenerator.Columns)
        {
            await lake.Streams.CreateAsync(new StreamSpec { Name = name, ShardCount = 2 }, CancellationToken.None);
            var tail = $"FROM STREAM '{name}' FORMAT JSON";
            try
            {
                await lake.RunAsync($"CREATE SOURCE {name} ({columns}, "
                    + $"WATERMARK FOR date_time AS date_time - INTERVAL '4 seconds') {tail}");
            }
            catch (TarnException refusal) when (refusal.Kind == ErrorKind.Unsupported)
            {
                await lake.RunAsync($"CREATE SOURCE {name} ({columns}) {tail}");
            }
        }
    }

    /// <summary>Puts the next events, each stream's in their order.</summary>
    public async Task PutAsync(int count)
    {
        var events = Enumerable.Range(_events.Count, count).Select(number => generator.Make(number)).ToList();
        _events.AddRange(events);
        foreach (var stream in events.GroupBy(made => made.Stream))
        {
            foreach (var chunk in stream.Chunk(500))
            {
                StreamEntry[] entries = [.. chunk.Select(made => new StreamEntry(made.Key, made.Json))];
                var outcomes = await lake.Streams.AppendAsync(stream.Key, entries, CancellationToken.None);
                Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
            }
        }
    }

    /// <summary>All events as tables.</summary>
    public IDuckDbSession OpenBatch(IDuckDb duckDb)
    {
        var session = duckDb.OpenSession();
        foreach (var (name, columns) in NexmarkGenerator.Columns)
        {
            session.RegisterTable(name, new JsonRecordTable(
                [.. columns.Split(", ").Select(column => new DuckDbColumn(column.Split(' ')[0], column.Split(' ')[1]))],
                [.. _events.Where(made => made.Stream == name).Select(made => (ReadOnlyMemory<byte>)made.Json)],
                skipped => Assert.Fail(skipped.Reason)));
        }

        return session;
    }
}
