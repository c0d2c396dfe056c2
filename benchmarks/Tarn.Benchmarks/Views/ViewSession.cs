using System.Globalization;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.ContinuousQueries;
using Tarn.Query.Executions;
using Tarn.Storage.Objects;

namespace Tarn.Benchmarks.Views;

/// <summary>Statements and questions about views of a benchmark's lake.</summary>
internal sealed class ViewSession(BenchmarkLake lake)
{
    public IContinuousQueries Views => lake.Get<IContinuousQueries>();

    /// <summary>Where query results go.</summary>
    public Task CreateBucketAsync() => lake.Get<IObjectStore>().CreateBucketAsync("lake", CancellationToken.None);

    public Task<string> RunAsync(string sql) => Views.ExecuteAsync(sql, "default", CancellationToken.None);

    public Task CreateScoresSourceAsync(string stream) => RunAsync(
        $"CREATE SOURCE {stream} (user_id BIGINT, game VARCHAR, score BIGINT, \"at\" TIMESTAMP) "
        + $"FROM STREAM '{stream}' FORMAT JSON");

    /// <summary>From CREATE to having counted all that the streams hold.</summary>
    public async Task<Measured> CreateAndCatchUpAsync(string view, string options, string select)
    {
        var clock = new CpuClock();
        await RunAsync($"CREATE MATERIALIZED VIEW {view} {options} AS {select}");
        await Views.CatchUpAsync(view, CancellationToken.None);
        return clock.Stop();
    }

    /// <summary>As <see cref="CreateAndCatchUpAsync"/>, with a subscriber who gets what changed each second, and all of
    /// it in the end.</summary>
    public async Task<Measured> CreateAndShowAsync(string view, string options, string select)
    {
        var clock = new CpuClock();
        await RunAsync($"CREATE MATERIALIZED VIEW {view} {options} AS {select}");
        var seen = 0L;
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync();
        await Views.CatchUpAsync(view, CancellationToken.None);
        while (Volatile.Read(ref seen) < Views.Find(view)!.Version && !watching.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        await stop.CancelAsync();
        await watching;
        return clock.Stop();

        async Task WatchAsync()
        {
            try
            {
                await foreach (var change in Views.SubscribeAsync(view, TimeSpan.FromSeconds(1), null, stop.Token))
                {
                    Volatile.Write(ref seen, change.Version);
                }
            }
            catch (OperationCanceledException)
            {
                // The end of the measurement.
            }
        }
    }

    public Task DropAsync(string view) => RunAsync($"DROP MATERIALIZED VIEW {view}");

    /// <summary>One whole number, asked as any client asks.</summary>
    public async Task<long> NumberAsync(string sql)
    {
        var queries = lake.Get<IQueries>();
        var started = await queries.StartAsync(new QueryRequest { Sql = sql }, CancellationToken.None);
        var ended = await queries.WaitAsync(started.Id, progress: null, CancellationToken.None);
        if (ended.State != QueryState.Succeeded)
        {
            throw new InvalidDataException($"the view cannot be read: {ended.StateChangeReason}");
        }

        var page = await queries.ReadAsync(started.Id, firstRow: 0, rowsMax: 1, CancellationToken.None);
        return long.Parse(page.Rows[0][0]!, CultureInfo.InvariantCulture);
    }
}
